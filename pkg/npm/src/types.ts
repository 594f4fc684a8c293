/**
 * What all operations have in common.
 *
 * In results every field is there, and one without a value is `null`: a result prints whole, survives JSON, and two of
 * them compare field by field; `rental.code ?? 'none yet'` is all it takes. In parameters what is left out, or
 * `undefined`, is not sent. There `null` is a value of its own, and the types take it only where it means something: it
 * takes away what is set at the provider.
 */

/** An id as parameters take it. In results ids are strings, for a number would lose digits of the long ones. */
export type Id = string | number | bigint;

/** Bytes as parameters take them: a Node.js `Buffer` is one too. */
export type Bytes = Uint8Array;

/** Text that is a secret, as parameters and settings take it. */
export type SecretText = string | Secret;

/** An amount and its currency. */
export interface Money {
  /** Exact: the digits that the provider sent, such as `450.00`. A number would round them. */
  amount: string;
  /** ISO 4217; `null` where the provider names no currency. */
  currency: string | null;
}

/** A value that prints as `***` wherever it is printed: `console.log`, `JSON.stringify`, templates. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. */
  expose(): string {
    return this.#value;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  static {
    // What `console.log` shows in Node.js, Deno and Bun.
    const inspect = Symbol.for('nodejs.util.inspect.custom');
    Object.defineProperty(this.prototype, inspect, { value: () => '***' });
  }
}

/** One page of a list. */
export interface Page<Item> {
  /** What is on it. */
  items: Item[];
  /** What to ask the next page with; `null` on the last. */
  next: string | null;
  /** How many there are on all pages; `null` where the provider does not say. */
  total: number | null;
}

/** A provider's reply as it came. It prints without its secrets. */
export interface RawResponse {
  /** HTTP status. */
  readonly status: number;
  /** Names in small letters, with their values. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  /** The body, secrets included. */
  readonly body: Uint8Array;
  /** The first header of that name, in whatever case. */
  header(name: string): string | null;
  /** The body as text, secrets masked. */
  text(): string;
  /** The body read as JSON, secrets included. */
  json(): unknown;
}

/** A result and the reply that it was read from. */
export interface Answer<Result> {
  /** The result. */
  value: Result;
  /** The reply; its status is 0 where the result of all providers as one is made of several, or of none. */
  response: RawResponse;
}

/** What may be said of any one call. */
export interface CallOptions {
  /** Which account; needed only where several are at one provider. */
  account?: string | undefined;
  /** For the whole call, retries included. By default 30 s, for purchases 90 s, for waiting 5 minutes. */
  timeoutMs?: number | undefined;
  /** How often a request is sent at most. By default 4. */
  attempts?: number | undefined;
  /** Gives the call up when it aborts. */
  signal?: AbortSignal | undefined;
}

/** What may be said of a call where the provider takes idempotency keys. */
export interface KeyedCallOptions extends CallOptions {
  /** Your own idempotency key; otherwise one is made. */
  idempotencyKey?: string | undefined;
}

/** What may be said of a call of all providers as one: its accounts are parameters, or named by ids. */
export type UnifiedCallOptions = Omit<CallOptions, 'account'>;

/** Of an operation without parameters. */
export type NoParams = { readonly [name: string]: never };

/** Parameters may be left out where none of them is required. */
export type Arguments<Params, Options> = {} extends Params
  ? [params?: Params, options?: Options]
  : [params: Params, options?: Options];

/** An operation: called for its result. */
export interface Operation<Params, Result, Options = CallOptions> {
  (...args: Arguments<Params, Options>): Promise<Result>;
  /** The same, with the provider's reply beside the result. */
  withResponse(...args: Arguments<Params, Options>): Promise<Answer<Result>>;
}

/** A list that comes in pages: called for one of them. */
export interface PagedOperation<Params, Item, Options = CallOptions> extends Operation<Params, Page<Item>, Options> {
  /** Every item of every page, each page fetched when the one before is used up. The timeout is for each page. */
  all(...args: Arguments<Params, Options>): AsyncIterableIterator<Item>;
}

/** An operation whose result comes in parts: called for all of it. */
export interface StreamedOperation<Params, Result, Part, Options = CallOptions>
  extends Operation<Params, Result, Options> {
  /** Each part as it comes. The timeout is for all of them. */
  all(...args: Arguments<Params, Options>): AsyncIterableIterator<Part>;
}

/** An operation whose result settles with time: called for what it is now. */
export interface WaitingOperation<Params, Result, Options = CallOptions> extends Operation<Params, Result, Options> {
  /** Looks until the result has settled, for five minutes unless `timeoutMs` says otherwise. */
  wait(...args: Arguments<Params, Options>): Promise<Result>;
}
