/** Sandboxes behind real sockets, from one process that serves as many as are asked for. */

import { spawn } from 'node:child_process';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import type { TrunklineOptions } from 'trunkline';
import { camelCase } from './player.js';

type Settings = Record<string, Record<string, string>>;

/** One of them. */
export class Server {
  readonly url: string;
  /** At the five, with our names. */
  readonly accounts: TrunklineOptions;
  readonly #close: () => void;

  constructor({ url, accounts }: { url: string; accounts: Settings }, close: () => void) {
    this.url = url;
    const renamed = Object.entries(accounts).map(([provider, settings]) => {
      const own = Object.entries(settings).map(([name, value]) => [camelCase(name), value]);
      // Its own limit is waited for in real time.
      return [provider, { ...Object.fromEntries(own), ...(provider === 'rentnumber' && { rateLimit: 'none' }) }];
    });
    this.accounts = Object.fromEntries(renamed) as TrunklineOptions;
    this.#close = close;
  }

  /** A call of the sandbox itself. */
  control(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    return new Promise((resolve, reject) => {
      // On a connection of its own, for connections are what some faults break.
      const sent = request(`${this.url}/_sandbox/${path}`, { method, agent: false }, (reply) => {
        let text = '';
        reply.on('data', (chunk) => (text += chunk)).on('end', () => resolve(JSON.parse(text)));
      });
      sent.on('error', reject).end(body === undefined ? '' : JSON.stringify(body));
    });
  }

  /** How many purchases it counts at a provider. */
  async purchases(provider: string): Promise<number> {
    const { providers } = (await this.control('GET', 'state')) as { providers: Record<string, { purchases: number }> };
    return providers[provider]?.purchases ?? 0;
  }

  close(): void {
    this.#close();
  }
}

/** The process that serves them. */
export class Servers {
  readonly #process;
  readonly #lines;
  readonly #waiting: Array<(line: string) => void> = [];
  #count = 0;

  constructor() {
    const program = process.env.TRUNKLINE_TEST_SANDBOXES;
    if (!program) throw new Error('TRUNKLINE_TEST_SANDBOXES names the program that serves sandboxes: cargo xtask sets it');
    this.#process = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface(this.#process.stdout);
    this.#lines.on('line', (line) => this.#waiting.shift()?.(line));
  }

  /** Another one. */
  async start(settings: object = {}): Promise<Server> {
    const number = this.#count++;
    const line = new Promise<string>((resolve) => this.#waiting.push(resolve));
    this.#process.stdin.write(`${JSON.stringify(settings)}\n`);
    return new Server(JSON.parse(await line), () => this.#process.stdin.write(`${number}\n`));
  }

  close(): void {
    this.#process.stdin.end();
  }
}
