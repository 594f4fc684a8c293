/** A provider's reply, as people get it. */

import type { ReplyParts } from './binding.js';
import type { RawResponse } from './types.js';

/** Names and values in a row, as pairs. */
export function pairs(flat: readonly string[]): Array<[name: string, value: string]> {
  const made: Array<[string, string]> = [];
  for (let at = 0; at + 1 < flat.length; at += 2) made.push([flat[at] as string, flat[at + 1] as string]);
  return made;
}

/** What Node.js, Deno and Bun show in the place of a value that may hold secrets. */
export function shownAs<T extends object>(prototype: T, show: (this: T) => string): void {
  Object.defineProperty(prototype, Symbol.for('nodejs.util.inspect.custom'), { value: show });
}

export class Reply implements RawResponse {
  readonly status: number;
  readonly #headers: readonly string[];
  readonly #body: Uint8Array;
  readonly #mask: (body: Uint8Array) => string;
  #pairs: Array<[string, string]> | undefined;

  constructor([status, headers, body]: ReplyParts, mask: (body: Uint8Array) => string) {
    this.status = status;
    this.#headers = headers;
    this.#body = body;
    this.#mask = mask;
  }

  get headers(): ReadonlyArray<readonly [name: string, value: string]> {
    return (this.#pairs ??= pairs(this.#headers));
  }

  get body(): Uint8Array {
    return this.#body;
  }

  header(name: string): string | null {
    const wanted = name.toLowerCase();
    return this.headers.find(([known]) => known === wanted)?.[1] ?? null;
  }

  text(): string {
    return this.#mask(this.#body);
  }

  json(): unknown {
    return JSON.parse(new TextDecoder().decode(this.#body));
  }

  toJSON(): Record<string, unknown> {
    return { status: this.status, headers: this.headers.map(([name]) => name), bytes: this.#body.length };
  }

  toString(): string {
    const names = this.headers.map(([name]) => name).join(', ');
    return `<Reply ${this.status}, headers: [${names}], ${this.#body.length} bytes>`;
  }

  static {
    shownAs(this.prototype, function () {
      return this.toString();
    });
  }
}
