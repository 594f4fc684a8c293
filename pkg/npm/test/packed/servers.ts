/** Sandboxes behind real sockets, and gateways before them, from one process that serves as many as are asked for. */

import { spawn } from 'node:child_process';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import type { TrunklineOptions } from 'trunkline';
import { JOBS } from './jobs.js';
import { camelCase } from './player.js';

type Settings = Record<string, Record<string, string>>;

export const TOKEN = 'a-token-of-the-gateway-0123456789';

/** A gateway, and how a client asks it. */
export interface ServedGateway {
  readonly options: { gateway: string; token: string };
  close(): void;
}

/** One of them. */
export class Server {
  readonly url: string;
  /** At the five, with our names. */
  readonly accounts: TrunklineOptions;
  /** Among what the process serves. */
  readonly number: number;
  readonly #close: () => void;

  constructor({ url, accounts }: { url: string; accounts: Settings }, number: number, close: () => void) {
    this.number = number;
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
    if (!program)
      throw new Error('TRUNKLINE_TEST_SANDBOXES names the program that serves sandboxes: cargo xtask sets it');
    this.#process = spawn(program, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#lines = createInterface(this.#process.stdout);
    this.#lines.on('line', (line) => this.#waiting.shift()?.(line));
  }

  /** Another one. */
  async start(settings: object = {}): Promise<Server> {
    const [number, served] = await this.#serve(settings);
    return new Server(served as { url: string; accounts: Settings }, number, () => this.#end(number));
  }

  /** A gateway with accounts at that sandbox; without another policy it runs everything. */
  async gateway(sandbox: Server, policy: object = {}): Promise<ServedGateway> {
    const all = { tokens: [TOKEN], operations: Object.keys(JOBS), max_purchases: 1000 };
    const [number, { url }] = await this.#serve({ gateway: { ...all, ...policy }, sandbox: sandbox.number });
    return { options: { gateway: url, token: TOKEN }, close: () => this.#end(number) };
  }

  async #serve(what: object): Promise<[number: number, served: { url: string }]> {
    const number = this.#count++;
    const line = new Promise<string>((resolve) => this.#waiting.push(resolve));
    this.#process.stdin.write(`${JSON.stringify(what)}\n`);
    return [number, JSON.parse(await line)];
  }

  #end(number: number): void {
    this.#process.stdin.write(`${number}\n`);
  }

  close(): void {
    this.#process.stdin.end();
  }
}
