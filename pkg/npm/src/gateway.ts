/**
 * A client at a gateway, which runs operations with accounts of its own. What it speaks is described in
 * `crates/core/src/gateway/mod.rs`.
 *
 * Nothing is sent twice. A gateway goes on with a purchase whose answer is lost, so that nobody here can tell what became
 * of it: that is `purchase_unknown`, and everything else that is lost may have been carried out.
 */

import { Asking, type End } from './asking.js';
import type { Carrier } from './carrier.js';
import { CLOSED, refused } from './failure.js';
import { cancelled, refusal, unanswered, unreadable } from './gateway-errors.js';
import { timeouts } from './generated/tables.js';
import { Log, type Hooks } from './hooks.js';
import type { Call, Caller } from './operations.js';
import { checkedOptions, flowOptions } from './options.js';
import { Reply } from './reply.js';
import type { KeyedCallOptions, RawResponse } from './types.js';

/** How much longer than the gateway this waits, so that the gateway's own error arrives: it knows more. */
const MARGIN = 2000;
/** Bytes of one answer, or of one line of a list. */
const LIMIT = 64 << 20;

/** What a gateway answers. */
interface Answer {
  value?: unknown;
  item?: unknown;
  end?: true;
  error?: unknown;
  /** `text` is the body without its secrets, where it has any. */
  response?: { status: number; headers: Array<[name: string, value: string]>; body: string; text?: string };
}

/** Where it is, and how to work. */
export interface GatewayOptions {
  /** Fills it with randomness. */
  randomise(bytes: Uint8Array): void;
  url: string;
  token: string;
  timeoutMs: number | undefined;
  hooks: Hooks | undefined;
  carrier: Carrier;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Gateway implements Caller {
  readonly #options: GatewayOptions;
  readonly #running = new Set<Asking>();
  #closed = false;

  constructor(options: GatewayOptions) {
    this.#options = options;
  }

  async run(call: Call, given: unknown): Promise<readonly [value: unknown, reply: RawResponse | undefined]> {
    const options = checkedOptions(given, call.operation);
    const asking = this.#ask(call, options);
    const end = (await asking.next(options.signal)) as End;
    this.#running.delete(asking);
    if (end.kind !== 'answered') throw unanswered(call, end, options);
    const answer = parsed(end.body);
    if (end.status === 200 && answer && 'value' in answer) {
      const reply = replyOf(answer);
      if (reply || !call.withReply) return [answer.value, reply];
    }
    throw refusal(call, answer?.error) ?? unreadable(call, end.status, options);
  }

  items(call: Call, given: unknown): AsyncIterableIterator<unknown> {
    return this.#items(call, checkedOptions(given, call.operation));
  }

  async *#items(call: Call, options: KeyedCallOptions): AsyncGenerator<unknown, undefined> {
    const asking = this.#ask(call, options);
    const pieces = new TextDecoder();
    // Of a line without its end.
    let rest = '';
    try {
      for (;;) {
        const came = await asking.next(options.signal);
        const end = came instanceof Uint8Array ? undefined : came;
        if (end && end.kind !== 'answered') throw unanswered(call, end, options);
        // A refusal is no line of a list.
        if (end && end.status !== 200)
          throw refusal(call, parsed(end.body)?.error) ?? unreadable(call, end.status, options);
        const lines = (rest + pieces.decode(end ? end.body : (came as Uint8Array), { stream: true })).split('\n');
        rest = lines.pop() as string;
        for (const line of lines) {
          const answer = parsed(line);
          if (answer?.end) {
            // To the end of the exchange too, so that its connection can be used again.
            if (!end) await asking.next(options.signal);
            return;
          }
          if (!answer || !('item' in answer)) throw refusal(call, answer?.error) ?? unreadable(call, 200, options);
          yield answer.item;
        }
        // The last line says how the list has ended.
        if (end || rest.length > LIMIT) throw unreadable(call, 200, options);
      }
    } finally {
      asking.cancel();
      this.#running.delete(asking);
    }
  }

  #ask(call: Call, options: KeyedCallOptions): Asking {
    const { operation, mode, withReply } = call;
    const { url, token, hooks, carrier } = this.#options;
    if (this.#closed) throw refused('invalid_input', CLOSED);
    const { timeoutMs, said } = this.#said(call, options);
    if (options.signal?.aborted) throw cancelled(call, 'not_sent', options);
    const asked = {
      operation,
      mode,
      options: said,
      ...(withReply && { response: true }),
      // Browsers send again by themselves what got no answer: by this the gateway knows it.
      ...(call.spends && { id: this.#id() }),
    };
    // Parameters are JSON already.
    const body = encoder.encode(`${JSON.stringify(asked).slice(0, -1)},"params":${call.params}}`);
    const headers = ['authorization', `Bearer ${token}`, 'content-type', 'application/json'];
    const take = mode === 'all' ? (piece: Uint8Array) => asking.take(piece) : undefined;
    const exchange = { method: 'POST', url, headers, body, bodyLimit: LIMIT, timeoutMs: timeoutMs + MARGIN };
    const told = hooks && new Log(hooks, operation, () => performance.now()).send('POST', url);
    const asking: Asking = new Asking(carrier, { ...exchange, ...(take && { take }) }, told);
    this.#running.add(asking);
    return asking;
  }

  #id(): string {
    const bytes = new Uint8Array(16);
    this.#options.randomise(bytes);
    return bytes.join('.');
  }

  /** The call's options as the gateway takes them. */
  #said({ waits, operation, spends }: Call, options: KeyedCallOptions): { timeoutMs: number; said: object } {
    const own = waits ? undefined : this.#options.timeoutMs;
    const { account, timeoutMillis, attempts, idempotencyKey } = flowOptions(options, operation, own);
    const usual = waits ? timeouts.wait : spends ? timeouts.purchase : timeouts.call;
    const timeoutMs = timeoutMillis ?? usual;
    // None at all the gateway would refuse.
    const timeout = Math.max(timeoutMs, 1) / 1000;
    return { timeoutMs, said: { account, timeout, attempts, idempotency_key: idempotencyKey } };
  }

  /** Ends what is under way as cancelled, and closes the connections. */
  close(): void {
    this.#closed = true;
    for (const asking of this.#running) asking.cancel();
    this.#options.carrier.close();
  }
}

function parsed(given: string | Uint8Array): Answer | undefined {
  try {
    // Of what is too long there is not the whole.
    return Object(JSON.parse(typeof given === 'string' ? given : decoder.decode(given))) as Answer;
  } catch {
    return undefined;
  }
}

function replyOf({ response }: Answer): RawResponse | undefined {
  if (!Array.isArray(response?.headers) || typeof response.body !== 'string') return undefined;
  const { status, headers, body, text = body } = response;
  return new Reply([status, headers.flat(), encoder.encode(body)], () => text);
}
