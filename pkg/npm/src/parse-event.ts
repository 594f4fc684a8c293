/** Events that came to a server of one's own: hands the request over as it came, and what it is checked by. */

import { errorClasses, InvalidInput, Secret, type Event, type SecretText, type SignatureAlgorithm } from 'trunkline';
import type { Binding } from './binding.js';
import { Codec, called } from './codec.js';
import type { ErrorDetails } from './error.js';
import { events } from './generated/events.js';

// Not every program's compiler knows of it.
type Global = typeof globalThis;
type WebHeaders = Global extends { Headers: { prototype: infer H } } ? H : never;

/** A request as it came: nothing decoded, nothing left out. */
export interface EventRequest {
  /** `POST` unless said. */
  method?: string | undefined;
  /** What stands behind the `?` of the URL, not decoded. Vonage sends by GET where it is set so. */
  query?: string | undefined;
  /** All of them: `request.headers` or `request.rawHeaders` of Node.js, a `Headers`, or pairs. */
  headers:
    | WebHeaders
    | Readonly<Record<string, string | readonly string[] | undefined>>
    | readonly string[]
    | Iterable<readonly [name: string, value: string]>;
  /** The bytes as they came: the signature is over them. A GET has none. */
  body?: Uint8Array | undefined;
}

/** What an event is checked by: say one of `secret` or `secrets`, `verify`, and `signsNothing`. */
export interface EventOptions {
  /** What the account signs its events with. */
  secret?: SecretText | undefined;
  /** Several, while one replaces another. */
  secrets?: readonly SecretText[] | undefined;
  /** How the account signs, where its provider has several ways (Vonage). */
  algorithm?: SignatureAlgorithm | undefined;
  /** How old an event may be that has its time signed; by default what the provider's retries take. */
  toleranceMs?: number | undefined;
  /** The account signs nothing: whoever knows the URL can send events. */
  signsNothing?: boolean | undefined;
  /** A function of your own in place of the signature; true takes the event. */
  verify?: ((request: EventRequest) => boolean | Promise<boolean>) | undefined;
  /** The time, for tests. */
  now?: Date | undefined;
}

const OPTIONS = ['secret', 'secrets', 'algorithm', 'toleranceMs', 'signsNothing', 'verify', 'now'];

/** Checks and reads an event. `load` gives a core that can. */
export async function parse(
  load: () => Promise<Binding>,
  provider: string,
  request: EventRequest,
  options: EventOptions,
): Promise<Event | null> {
  const unknown = Object.keys(Object(options) as object).find((name) => !OPTIONS.includes(name));
  if (unknown !== undefined) throw wrong(unknown, `there is no such option; there are: ${OPTIONS.join(', ')}`);
  const method = text('method', request.method ?? 'POST').toUpperCase();
  const [query, headers] = [text('query', request.query ?? ''), flat(request.headers)];
  const body = method === 'GET' ? (request.body ?? new Uint8Array()) : request.body;
  if (!(body instanceof Uint8Array))
    throw wrong('body', `it must be the bytes as they came, for the signature is over them, and is ${called(body)}`);
  const { now = new Date() } = options;
  if (!(now instanceof Date) || Number.isNaN(now.getTime())) throw wrong('now', 'it must be a Date');
  const verification = JSON.stringify(await checkedBy(request, options));
  const { parseEvent: read } = await load();
  if (!read) throw wrong('wasm', 'the module that is loaded reads no events: it has to be gateway.wasm of this version');
  try {
    const found = read(now.getTime(), text('provider', provider), method, query, headers, body, verification);
    return found ? (new Codec(events).decode('Event', JSON.parse(found)) as Event) : null;
  } catch (thrown) {
    if (!Array.isArray(thrown)) throw thrown;
    const details = JSON.parse(thrown[1] as string) as ErrorDetails;
    throw new errorClasses[details.kind](details);
  }
}

/** As the core reads it. */
async function checkedBy(request: EventRequest, options: EventOptions): Promise<object> {
  const { secret, secrets, algorithm, toleranceMs, signsNothing, verify } = options;
  if (secret !== undefined && secrets !== undefined) throw wrong('secrets', 'give secret or secrets, not both');
  const all: unknown = secrets ?? (secret === undefined ? undefined : [secret]);
  if (all !== undefined && !Array.isArray(all)) throw wrong('secrets', 'it is a list; one alone is secret');
  if (toleranceMs !== undefined && !(toleranceMs >= 0 && Number.isFinite(toleranceMs)))
    throw wrong('toleranceMs', 'it is a number of milliseconds, 0 or more');
  return {
    secrets: all?.map((it: unknown) => (it instanceof Secret ? it.expose() : it)),
    algorithm,
    tolerance: toleranceMs === undefined ? undefined : toleranceMs / 1000,
    signs_nothing: signsNothing,
    verified: verify === undefined ? undefined : await verified(verify, request),
  };
}

async function verified(verify: NonNullable<EventOptions['verify']>, request: EventRequest): Promise<boolean> {
  const taken: unknown = await verify(request);
  if (typeof taken === 'boolean') return taken;
  throw wrong('verify', `it must give true or false, and gave ${called(taken)}`);
}

/** Name, value, name, value… */
function flat(headers: unknown): string[] {
  if (typeof headers !== 'object' || headers === null) throw notHeaders();
  const given: unknown[] =
    Symbol.iterator in headers
      ? [...(headers as Iterable<unknown>)]
      : Object.entries(headers).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
  const texts = given.filter((pair) => !Array.isArray(pair) || pair[1] !== undefined).flat();
  if (texts.length % 2 === 0 && texts.every((it) => typeof it === 'string')) return texts as string[];
  throw notHeaders();
}

function notHeaders(): InvalidInput {
  return wrong('headers', 'they must be names and values: headers or rawHeaders of Node.js, a Headers, or pairs');
}

function text(field: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw wrong(field, `it must be a string, and is ${called(value)}`);
}

function wrong(field: string, problem: string): InvalidInput {
  const message = `${field}: ${problem}`;
  const operation = 'parse_event';
  return new InvalidInput({ kind: 'invalid_input', delivery: 'not_sent', operation, message, field, attempts: 0 });
}
