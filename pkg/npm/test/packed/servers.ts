/** Sandboxes behind real sockets, from one process that serves as many as are asked for. */

import { spawn } from 'node:child_process';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { Server, type Announced } from './server.js';

/** On a connection of its own, for connections are what some faults break. */
function ask(method: string, url: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent: false }, (reply) => {
      let text = '';
      reply.on('data', (chunk) => (text += chunk)).on('end', () => resolve(text));
    });
    sent.on('error', reject).end(body);
  });
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

  /** Another one; `end` ends it. */
  async announced(settings: object = {}): Promise<Announced & { number: number }> {
    const number = this.#count++;
    const line = new Promise<string>((resolve) => this.#waiting.push(resolve));
    this.#process.stdin.write(`${JSON.stringify(settings)}\n`);
    return { ...(JSON.parse(await line) as Announced), number };
  }

  end(number: number): void {
    this.#process.stdin.write(`${number}\n`);
  }

  /** Another one. */
  async start(settings: object = {}): Promise<Server> {
    const announced = await this.announced(settings);
    return new Server(announced, ask, () => this.end(announced.number));
  }

  close(): void {
    this.#process.stdin.end();
  }
}
