/** A sandbox behind a real socket, and a gateway before it, as clients and tests see them, in Node.js and in a page. */

import type { TrunklineOptions } from 'trunkline';
import { JOBS } from './jobs.js';
import { camelCase } from './player.js';

export const TOKEN = 'a-token-of-the-gateway-0123456789';

/** What the program that serves them says of one: its number among them, and of a sandbox its accounts. */
export interface Served {
  number: number;
  url: string;
  accounts: Record<string, Record<string, string>>;
}

/** A gateway, and how a client asks it. */
export interface ServedGateway {
  readonly options: { gateway: string; token: string };
  close(): void;
}

/** What is asked for a gateway, and what a client is told of the one that is served. */
export function gatewayBefore(
  sandbox: Server,
  policy: object,
): { asked: object; options(url: string): ServedGateway['options'] } {
  const all = { tokens: [TOKEN], operations: Object.keys(JOBS), max_purchases: 1000 };
  const asked = { gateway: { ...all, ...policy }, sandbox: sandbox.number };
  return { asked, options: (url) => ({ gateway: url, token: TOKEN }) };
}

/** Sends a request and gives the body of the reply. */
export type Ask = (method: string, url: string, body: string) => Promise<string>;

/** One of them. */
export class Server {
  readonly url: string;
  /** At the five, with our names. */
  readonly accounts: TrunklineOptions;
  /** Among what the program serves. */
  readonly number: number;
  readonly close: () => void;
  readonly #ask: Ask;

  constructor({ number, url, accounts }: Served, ask: Ask, close: () => void) {
    this.url = url;
    this.number = number;
    const renamed = Object.entries(accounts).map(([provider, settings]) => {
      const own = Object.entries(settings).map(([name, value]) => [camelCase(name), value]);
      // Its own limit is waited for in real time.
      return [provider, { ...Object.fromEntries(own), ...(provider === 'rentnumber' && { rateLimit: 'none' }) }];
    });
    this.accounts = Object.fromEntries(renamed) as TrunklineOptions;
    this.close = close;
    this.#ask = ask;
  }

  /** A call of the sandbox itself. */
  async control(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const sent = body === undefined ? '' : JSON.stringify(body);
    return JSON.parse(await this.#ask(method, `${this.url}/_sandbox/${path}`, sent)) as Record<string, unknown>;
  }

  /** How many purchases it counts at a provider. */
  async purchases(provider: string): Promise<number> {
    const { providers } = (await this.control('GET', 'state')) as { providers: Record<string, { purchases: number }> };
    return providers[provider]?.purchases ?? 0;
  }
}
