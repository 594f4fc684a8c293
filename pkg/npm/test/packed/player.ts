/** Plays a vector through the package as people use it: what is sent is compared to the byte. */

import {
  Lost,
  NotSent,
  Secret,
  Trunkline,
  TrunklineError,
  type TransportRequest,
  type TransportResponse,
} from 'trunkline';
import type { TrunklineOptions } from 'trunkline';
import type { Case, Turn, Vector } from '../vectors.js';
import { VirtualTime, type Randomness } from './virtual.js';

/** The accounts that cases use unless they say otherwise. */
const DEFAULTS: Record<string, Record<string, unknown>> = {
  tempnumber: { token: 'tn-token-0123456789' },
  rentnumber: { api_key: 'rn_your_key_here' },
  sinch: {
    project_id: '0994c893-4d74-4455-8259-4f5c68d92f6f',
    key_id: 'key-id',
    key_secret: 'key-secret',
    auth: 'basic',
  },
  voepy: { api_key: 'voepy-key-0123456789', base_url: 'https://voepy.example' },
  vonage: { api_key: 'abcd1234', api_secret: 'ABCDEFGH01234abc' },
};

const SEED = new TextEncoder().encode('trunkline-vector');

/** Cases about a value that the package refuses in its own words, before the core sees it. */
const OWN_WORDS = ['a key that is no text is not shown', 'the country is required'];

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** With the names of this language. */
function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [camelCase(name), renamed(inner)]));
}

/** What people would pass: content of files as bytes. */
function parameters(input: Record<string, unknown>): Record<string, unknown> {
  const given = renamed(input) as Record<string, unknown>;
  for (const file of (given.files ?? []) as Array<Record<string, unknown>>) {
    const { content } = file;
    if (typeof content === 'string' && /^[\w+/]*=*$/.test(content))
      file.content = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
  }
  return given;
}

/** A result as JSON would have it. */
function toJson(value: unknown): Json {
  if (value instanceof Secret) return value.expose();
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z');
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== 'object' || value === null) return value as Json;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toJson(inner)]));
}

/** A `Date` has no more digits. */
function toMillis(value: unknown): unknown {
  if (typeof value === 'string')
    return value.replace(/^(\S{19}\.\d{3})\d+Z$/, '$1Z').replace(/^(\S{19})\.000Z$/, '$1Z');
  if (Array.isArray(value)) return value.map(toMillis);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, toMillis(inner)]));
}

/** In the same words, where two are the same. */
function words(value: unknown): string {
  const sorted = (_: string, inner: unknown): unknown =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner;
  return JSON.stringify(value, sorted);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Where the package runs. */
export interface Host {
  /** What makes a client take the core that is meant. */
  options: TrunklineOptions;
  randomness: Randomness;
}

/** How a case is called. */
export type Way = 'plainly' | 'withResponse';

type Operation = Record<'all' | 'wait' | 'withResponse', Function> & Function;

/** One run of one case. */
export class Player {
  readonly problems: string[] = [];
  readonly #vector: Vector;
  readonly #case: Case;
  readonly #turns: Turn[];
  readonly #host: Host;

  constructor(vector: Vector, played: Case, host: Host) {
    this.#vector = vector;
    this.#case = played;
    this.#turns = [...(played.exchange ?? [])];
    this.#host = host;
  }

  /** Everything in which the run differs from the case. */
  async play(way: Way): Promise<string[]> {
    const time = new VirtualTime('2026-05-12T14:30:00Z', this.#host.randomness);
    try {
      const value = await time.run(SEED, () => this.#call(way));
      this.#compare(value);
    } catch (error) {
      this.#compareError(error);
    }
    if (this.#turns.length > 0) this.problems.push(`it sent less than was expected: ${words(this.#turns)}`);
    return this.problems;
  }

  #client(): Trunkline {
    const { provider } = this.#vector;
    const settings = Object.entries({ ...DEFAULTS[provider], ...this.#case.config }).filter(
      ([, value]) => value !== null,
    );
    const account = Object.fromEntries(settings.map(([name, value]) => [camelCase(name), value]));
    const record = (): void => {
      if (this.#case.journal === 'fails') throw new Error('the disk is full');
    };
    const transport = (request: TransportRequest): TransportResponse => this.#answer(request);
    return new Trunkline({ ...this.#host.options, [provider]: account, transport, journal: { record } });
  }

  async #call(way: Way): Promise<unknown> {
    const { mode = 'call', input, options = {} } = this.#case;
    const { timeout, attempts, idempotency_key: idempotencyKey } = options;
    const said = { timeoutMs: timeout === undefined ? undefined : timeout * 1000, attempts, idempotencyKey };
    const namespace = Reflect.get(this.#client(), this.#vector.provider) as Record<string, Operation>;
    const operation = namespace[camelCase(this.#vector.operation)] as Operation;
    const params = parameters(input);
    if (mode === 'all') {
      const items: unknown[] = [];
      for await (const item of operation.all(params, said)) items.push(item);
      return items;
    }
    if (mode === 'wait') return operation.wait(params, said);
    if (way === 'plainly') return operation(params, said);
    const { value, response } = await operation.withResponse(params, said);
    this.#compareReply(response.status, text(response.body));
    return value;
  }

  #answer(request: TransportRequest): TransportResponse {
    const { method, url, headers, body, timeoutMs } = request;
    const sent = { method, url, headers: Object.fromEntries(headers), body: text(body) };
    const turn = this.#turns.shift();
    const expected = turn && 'send' in turn ? { body: '', ...turn.send } : undefined;
    if (words(expected) !== words(sent)) this.problems.push(`expected ${words(expected)}\nsent     ${words(sent)}`);
    if (!(timeoutMs > 0)) this.problems.push(`sent with ${timeoutMs} ms left`);
    const next = this.#turns.shift();
    if (next && 'receive' in next) return next.receive;
    if (next && 'fail' in next && next.fail === 'lost') throw new Lost('connection reset');
    throw new NotSent('connection refused');
  }

  #compareReply(status: number, body: string): void {
    const exchange = this.#case.exchange ?? [];
    // Of a purchase that was looked for, the reply is the part about it of the list where it was found.
    if (exchange.some((turn) => 'fail' in turn)) return;
    const last = exchange.at(-1);
    const expected = last && 'receive' in last ? last.receive : undefined;
    if (expected?.status !== status || (expected.body ?? '') !== body)
      this.problems.push(`another reply: ${status} ${body}`);
  }

  #compare(value: unknown): void {
    const [expected, got] = [words(toMillis(renamed(this.#case.output))), words(toJson(value))];
    if (expected !== got) this.problems.push(`expected ${expected ?? words(this.#case.error)}\ngot      ${got}`);
  }

  #compareError(error: unknown): void {
    const expected = this.#case.error;
    if (!(error instanceof TrunklineError) || expected === undefined) {
      this.problems.push(`it threw ${error instanceof Error ? error.stack : String(error)}`);
      return;
    }
    for (const [name, value] of Object.entries(expected)) {
      if (name === 'message' && OWN_WORDS.includes(this.#case.name)) continue;
      const got = Reflect.get(error, name === 'message' ? 'reason' : camelCase(name));
      const wanted = name === 'field' ? camelCase(value as string) : value;
      // What is refused here already is named with what it is in: `address.state`.
      const within = name === 'field' && String(got).endsWith(`.${String(wanted)}`);
      if (words(got) !== words(wanted) && !within)
        this.problems.push(`expected ${name} ${words(wanted)}, got ${words(got)}: ${error.message}`);
    }
  }
}
