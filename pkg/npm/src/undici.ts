/** HTTP in Node.js, by undici: a connection pool for each client, connections kept, no redirects, headers as they are. */

import type { Agent, Dispatcher } from 'undici';
import { Body, headerToBytes, type Carrier, type Exchange, type Outcome } from './carrier.js';
import { version } from './version.js';

/** Shorter than any attempt, so that a host that is not there is known not to have acted. */
const CONNECT_TIMEOUT = 5000;

/** What went wrong, in Node's words; they quote neither URLs nor headers. */
function describe(error: Error): string {
  // Several addresses of one host.
  const errors = error instanceof AggregateError ? (error.errors as Error[]) : [error];
  return errors.map(({ message }) => message || error.name).join('; ');
}

/** Takes what comes of one exchange. */
class Handler implements Dispatcher.DispatchHandlers {
  readonly #ended: (outcome: Outcome) => void;
  readonly #body: Body;
  readonly #take: Exchange['take'];
  #status = 0;
  #headers: string[] = [];
  /** Reads on, where it was asked to wait. */
  #resume: (() => void) | undefined;
  /** There once the request is about to be written: without it, nothing has left. */
  #abort: (() => void) | undefined;
  #stopped = false;

  constructor({ bodyLimit, take }: Exchange, ended: (outcome: Outcome) => void) {
    this.#body = new Body(bodyLimit);
    this.#take = take;
    this.#ended = ended;
  }

  stop(): void {
    this.#stopped = true;
    this.#abort?.();
  }

  onConnect(abort: () => void): void {
    if (this.#stopped) abort();
    else this.#abort = abort;
  }

  onHeaders(status: number, headers: Buffer[], resume: () => void): boolean {
    this.#status = status;
    this.#resume = resume;
    this.#headers = headers.map((bytes) => bytes.toString());
    return true;
  }

  onData(chunk: Uint8Array): boolean {
    if (this.#take && this.#status === 200) {
      // When the parser goes on it may begin with nothing, and would do so again for ever.
      if (chunk.length === 0) return true;
      void this.#take(chunk).then(this.#resume);
      return false;
    }
    if (this.#body.push(chunk)) return true;
    this.onComplete();
    this.stop();
    return false;
  }

  onComplete(): void {
    if (this.#stopped) return;
    const outcome: Outcome = {
      kind: 'answered',
      status: this.#status,
      headers: this.#headers,
      body: this.#body.bytes(),
    };
    // undici lets a connection be used again one turn after this: a call that follows at once would open another.
    queueMicrotask(() => setImmediate(() => this.#ended(outcome)));
  }

  onError(error: Error): void {
    if (this.#stopped) return;
    const kind = this.#abort ? 'lost' : 'not_sent';
    // An error of the parser holds the reply.
    const cause = 'data' in error ? undefined : error;
    // It may come at once, and nobody listens before the exchange has started.
    queueMicrotask(() => this.#ended({ kind, why: describe(error), cause }));
  }
}

/** All of undici takes three times as long to load as its agent, most of it for its fetch. */
function loaded(): typeof Agent {
  try {
    return require('undici/lib/dispatcher/agent.js') as typeof Agent;
  } catch {
    // One that shows only its entry.
    return (require('undici') as typeof import('undici')).Agent;
  }
}

export class Undici implements Carrier {
  /** Made with the first request: to load undici takes longer than that. */
  #agent: Agent | undefined;
  #closed = false;

  start(exchange: Exchange, ended: (outcome: Outcome) => void): () => void {
    const { method, url, headers, body } = exchange;
    const handler = new Handler(exchange, ended);
    const slash = url.indexOf('/', url.indexOf('://') + 3);
    const [origin, path] = slash < 0 ? [url, '/'] : [url.slice(0, slash), url.slice(slash)];
    const sent = ['user-agent', `trunkline/${version}`, ...headers.map(headerToBytes)];
    const request = {
      origin,
      path,
      method: method as Dispatcher.HttpMethod,
      headers: sent,
      body: body.length > 0 ? body : null,
    };
    this.#open().dispatch(request, handler);
    return () => handler.stop();
  }

  close(): void {
    this.#closed = true;
    void this.#agent?.destroy();
  }

  #open(): Agent {
    if (this.#agent) return this.#agent;
    const OneAgent = loaded();
    // Deadlines are the driver's.
    this.#agent = new OneAgent({ connect: { timeout: CONNECT_TIMEOUT }, headersTimeout: 0, bodyTimeout: 0 });
    if (this.#closed) void this.#agent.destroy();
    return this.#agent;
  }
}
