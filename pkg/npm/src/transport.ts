/** Carrying requests in another way than the built-in one. */

import { type Carrier, type Exchange, type Outcome } from './carrier.js';
import { pairs, shownAs } from './reply.js';

/** What is to be sent, exactly as it is. It prints without the values of its headers, its query and its body. */
export interface TransportRequest {
  /** `GET`, `POST`, `PUT`, `PATCH` or `DELETE`. */
  readonly method: string;
  /** Absolute, escaped. */
  readonly url: string;
  /** Names in small letters, with their values. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  /** Empty where there is none. */
  readonly body: Uint8Array;
  /** So many bytes of the reply's body are wanted at most; of a longer one, answer with one byte more than this. */
  readonly bodyLimit: number;
  /** What is not answered by then counts as lost. */
  readonly timeoutMs: number;
  /** Aborts when nobody wants the reply any more. */
  readonly signal: AbortSignal;
}

/** The whole reply. */
export interface TransportResponse {
  status: number;
  headers?: Iterable<readonly [name: string, value: string]> | Readonly<Record<string, string>> | undefined;
  /** A text is taken as UTF-8. */
  body?: Uint8Array | string | undefined;
}

/**
 * Carries requests: sends body and headers as they are, and follows no redirect. It throws `NotSent` only where the
 * request certainly never left; whatever else it throws counts as lost, and is not quoted, for it may hold credentials.
 */
export type Transport =
  | ((request: TransportRequest) => TransportResponse | PromiseLike<TransportResponse>)
  | {
      send(request: TransportRequest): TransportResponse | PromiseLike<TransportResponse>;
      close?(): void;
    };

/** For a transport to throw: the request certainly never left. Its message says why, and holds no secret. */
export class NotSent extends Error {
  static {
    Object.defineProperty(this.prototype, 'name', { value: 'NotSent' });
  }
}

/** For a transport to throw: there is no whole reply. Its message says why, and holds no secret. */
export class Lost extends Error {
  static {
    Object.defineProperty(this.prototype, 'name', { value: 'Lost' });
  }
}

class Request implements TransportRequest {
  readonly method: string;
  readonly bodyLimit: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly #exchange: Exchange;

  constructor(exchange: Exchange, signal: AbortSignal) {
    this.method = exchange.method;
    this.bodyLimit = exchange.bodyLimit;
    this.timeoutMs = exchange.timeoutMs;
    this.signal = signal;
    this.#exchange = exchange;
  }

  get url(): string {
    return this.#exchange.url;
  }

  get headers(): Array<[name: string, value: string]> {
    return pairs(this.#exchange.headers);
  }

  get body(): Uint8Array {
    return this.#exchange.body;
  }

  toString(): string {
    const names = this.headers.map(([name]) => name).join(', ');
    return `<Request ${this.method} ${this.url.split('?', 1)[0]}, headers: [${names}], ${this.body.length} bytes>`;
  }

  toJSON(): string {
    return this.toString();
  }

  static {
    shownAs(this.prototype, function () {
      return this.toString();
    });
  }
}

/** What a transport gave, if it is a reply. */
function read(reply: unknown): Outcome {
  if (typeof reply !== 'object' || reply === null) throw new Lost('the transport gave no reply: { status, headers, body }');
  const { status, headers = [], body = '' } = reply as TransportResponse;
  if (!Number.isInteger(status) || status < 100 || status > 999) {
    throw new Lost('the transport gave no status; a fetch Response has to be read first');
  }
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  if (!(bytes instanceof Uint8Array)) throw new Lost('the transport gave a body that is neither a Uint8Array nor a string');
  const flat = [...(Symbol.iterator in headers ? headers : Object.entries(headers))].flat().map(String);
  return { kind: 'answered', status, headers: flat, body: bytes };
}

function failure(thrown: unknown): Outcome {
  if (thrown instanceof NotSent) return { kind: 'not_sent', why: thrown.message || 'the transport says so' };
  if (thrown instanceof Lost) return { kind: 'lost', why: thrown.message || 'the transport says so' };
  const name = thrown instanceof Error ? thrown.name : typeof thrown;
  return { kind: 'lost', why: `the transport threw ${name}` };
}

/** A transport of the user's own, for the driver. */
export class OwnTransport implements Carrier {
  readonly #send: (request: TransportRequest) => TransportResponse | PromiseLike<TransportResponse>;
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
    this.#send = typeof transport === 'function' ? transport : (request) => transport.send(request);
  }

  /** Whether it has what a transport has. */
  static accepts(transport: unknown): transport is Transport {
    if (typeof transport === 'function') return true;
    return typeof transport === 'object' && transport !== null && typeof Reflect.get(transport, 'send') === 'function';
  }

  start(exchange: Exchange, ended: (outcome: Outcome) => void): () => void {
    const abort = new AbortController();
    const request = new Request(exchange, abort.signal);
    // In a promise, so that what is thrown at once ends as what is thrown later.
    const sending = Promise.resolve().then(() => this.#send(request));
    sending.then(read).catch(failure).then(ended);
    return () => abort.abort();
  }

  close(): void {
    if (typeof this.#transport === 'object') this.#transport.close?.();
  }
}
