/** Sandboxes behind real sockets, and gateways before them, from one process that serves as many as are asked for. */

import { spawn } from 'node:child_process';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { gatewayBefore, Server, type Served, type ServedGateway } from './server.js';

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

  /** Another sandbox. */
  async start(settings: object = {}): Promise<Server> {
    const served = await this.serve(settings);
    return new Server(served, ask, () => this.end(served.number));
  }

  /** A gateway with accounts at that sandbox; without another policy it runs everything. */
  async gateway(sandbox: Server, policy: object = {}): Promise<ServedGateway> {
    const { asked, options } = gatewayBefore(sandbox, policy);
    const { number, url } = await this.serve(asked);
    return { options: options(url), close: () => this.end(number) };
  }

  /** Whatever the process is told to serve. */
  async serve(what: object): Promise<Served> {
    const number = this.#count++;
    const line = new Promise<string>((resolve) => this.#waiting.push(resolve));
    this.#process.stdin.write(`${JSON.stringify(what)}\n`);
    return { ...(JSON.parse(await line) as Served), number };
  }

  end(number: number): void {
    this.#process.stdin.write(`${number}\n`);
  }

  close(): void {
    this.#process.stdin.end();
  }
}
