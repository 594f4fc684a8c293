/** A sandbox behind a real socket, as its client and its tester see it, in Node.js and in a page. */

import type { TrunklineOptions } from 'trunkline';
import { camelCase } from './player.js';

/** What the program that serves them prints of one. */
export interface Announced {
  url: string;
  accounts: Record<string, Record<string, string>>;
}

/** Sends a request and gives the body of the reply. */
export type Ask = (method: string, url: string, body: string) => Promise<string>;

/** One of them. */
export class Server {
  readonly url: string;
  /** At the five, with our names. */
  readonly accounts: TrunklineOptions;
  readonly close: () => void;
  readonly #ask: Ask;

  constructor({ url, accounts }: Announced, ask: Ask, close: () => void) {
    this.url = url;
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
