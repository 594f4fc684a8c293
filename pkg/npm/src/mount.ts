/**
 * A gateway in a server of one's own: carries bytes and keeps time, and runs what the core has let in with the client's own
 * engine. Who is let in is the core's to say; what it speaks is described in `crates/core/src/gateway/mod.rs`.
 */

import { InvalidInput, Secret, Unsupported, type SecretText, type Trunkline } from 'trunkline';
import type { Binding, GatewayAnswer, GatewayCore } from './binding.js';
import { ENGINE, type Engine } from './engine.js';
import { answerNode, type NodeRequest, type NodeResponse } from './mount-http.js';
import { answerFetch } from './mount-fetch.js';
import { after } from './timer.js';

/** What a gateway allows; nothing is allowed that is not said. */
export interface Policy {
  /** Each of these lets in: at least 16 printable ASCII characters, better 32 random ones. */
  tokens: readonly SecretText[];
  /**
   * What may be run: `rentnumber.rent`, or `rentnumber.*` for everything there that only reads and returns no secret. What
   * changes or spends anything, and what returns a secret, runs only where it is listed by its own name, as in
   * `rentnumber.cancel_rental`.
   */
  operations: readonly string[];
  /** Pages from these origins may call: `https://app.example.com`, letter by letter as browsers send it. */
  origins?: readonly string[] | undefined;
  /** Accounts that may be used. By default nobody may name one, and each provider's own is used. */
  accounts?: readonly string[] | undefined;
  /** Where the gateway is; `/` unless said. */
  path?: string | undefined;
  /** The longest request in bytes; 1 MiB unless said. */
  bodyLimit?: number | undefined;
  /** How long a request's body may take to come; 10 seconds unless said. */
  bodyTimeoutMs?: number | undefined;
  /** No call takes longer (of a list: no page); 5 minutes unless said. */
  maxTimeoutMs?: number | undefined;
  /** How many purchases there may be in any period; none unless said. An order of several numbers is as many. */
  maxPurchases?: number | undefined;
  /** A day unless said. What was spent before the program started is not known. */
  periodMs?: number | undefined;
}

// Not every program's compiler knows of these.
type Global = typeof globalThis;
type FetchRequest = Global extends { Request: { prototype: infer R } } ? R : never;
type FetchResponse = Global extends { Response: { prototype: infer R } } ? R : never;

/** A gateway. It is a handler of web standards: of Hono, Deno, Bun, Workers, Next.js. */
export interface Gateway {
  (request: FetchRequest): Promise<FetchResponse>;
  /** The same for Express and `node:http`. */
  readonly node: (
    request: NodeRequest,
    response: NodeResponse,
    next?: ((error?: unknown) => void) | undefined,
  ) => Promise<void>;
  /** Fails where something is wrong with the policy or the accounts. */
  readonly ready: Promise<void>;
  /** Ends when nothing is under way any more that changes or spends anything. For `waitUntil`, and before the program ends. */
  finish(): Promise<void>;
}

/** The head of a request, as it came: nothing decoded, nothing left out. Names and values of headers are flat. */
export interface Head {
  method: string;
  target: string;
  headers: readonly string[];
}

/** What to answer. Lines are to be sent as they come; who wants no more of them returns. */
export interface Reply {
  status: number;
  headers: readonly string[];
  body: string | AsyncGenerator<string, unknown>;
}

/** A request's body, or why there is none. Of a longer one, one byte more than the limit. */
export type Body = Uint8Array | 'broken' | 'used';

const POLICY = [
  'tokens',
  'operations',
  'origins',
  'accounts',
  'path',
  'bodyLimit',
  'bodyTimeoutMs',
  'maxTimeoutMs',
  'maxPurchases',
  'periodMs',
];

function wrong(message: string): InvalidInput {
  return new InvalidInput({ kind: 'invalid_input', delivery: 'not_sent', operation: '', message, attempts: 0 });
}

/** The policy as the core reads it: its own names, and seconds. */
function written(policy: Policy): string {
  const said = Object.entries(Object(policy) as object).filter(([, value]) => value !== undefined && value !== null);
  const unknown = said.find(([name]) => !POLICY.includes(name));
  if (unknown) throw wrong(`policy: there is no ${unknown[0]}; there are: ${POLICY.join(', ')}`);
  const named = said.map(([name, value]) => {
    const wire = name.replace(/Ms$/, '').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return [wire, name.endsWith('Ms') ? value / 1000 : value];
  });
  const given: unknown = policy.tokens;
  const tokens: unknown = Array.isArray(given)
    ? given.map((token: unknown) => (token instanceof Secret ? token.expose() : token))
    : given;
  return JSON.stringify({ ...Object.fromEntries(named), tokens });
}

class Mount {
  readonly ready: Promise<void>;
  readonly #engine: Engine;
  readonly #opening: Promise<GatewayCore>;
  /** What goes on to its end. */
  readonly #lasting = new Set<Promise<unknown>>();

  constructor(engine: Engine, policy: string, load: () => Promise<Binding>) {
    this.#engine = engine;
    this.#opening = this.#open(policy, load);
    this.ready = this.#opening.then(() => {});
    // It is told by `ready`, and to every request.
    this.#opening.catch(() => {});
  }

  async #open(policy: string, load: () => Promise<Binding>): Promise<GatewayCore> {
    const core = await this.#engine.open(load);
    const made = this.#engine.binding?.Gateway;
    if (!made)
      throw wrong('gateway: the client has loaded a module without one: make the gateway before its first call');
    try {
      return new made(core, policy);
    } catch (thrown) {
      if (!Array.isArray(thrown)) throw thrown;
      throw new InvalidInput(JSON.parse(thrown[1] as string));
    }
  }

  /** Answers a request whose body is read only where its head is in order. `gone` aborts when nobody waits any more. */
  async answer(
    { method, target, headers }: Head,
    read: (limit: number) => Promise<Body>,
    gone: AbortSignal,
  ): Promise<Reply> {
    const gate = await this.#opening;
    const refused = gate.check(method, target, headers);
    if (refused) return whole(refused);
    const [limit = 0, timeoutMs = 0] = Array.from(gate.limits);
    const body = await within(timeoutMs, read(limit));
    if (typeof body === 'string') return whole(gate.refuse(body, method, target, headers));
    const admitted = gate.admit(this.#engine.now(), method, target, headers, body);
    if (admitted[0] === 'answer') return whole(admitted);
    const [, operation, lasting, lines, more, flow] = admitted;
    const start = (): typeof flow => flow;
    const options = lasting ? {} : { signal: gone };
    if (lines) {
      const each = this.#engine.each(start, operation, options, (line) => line);
      return { status: 200, headers: more, body: each as AsyncGenerator<string> };
    }
    const running = this.#engine.flow(start, operation, options);
    if (lasting) this.#keep(running);
    return { status: 200, headers: more, body: (await running)[0] };
  }

  #keep(running: Promise<unknown>): void {
    const ended = running.then(
      () => {},
      () => {},
    );
    this.#lasting.add(ended);
    void ended.then(() => this.#lasting.delete(ended));
  }

  async finish(): Promise<void> {
    while (this.#lasting.size > 0) await Promise.all(this.#lasting);
  }
}

function whole([, status, headers, body]: GatewayAnswer): Reply {
  return { status, headers, body };
}

function within(ms: number, reading: Promise<Body>): Promise<Body | 'late'> {
  return new Promise((resolve, reject) => {
    const timer = after(ms, () => resolve('late'));
    reading.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** A gateway with the accounts of that client. `load` gives a core that has one. */
export function mount(client: Trunkline, policy: Policy, load: () => Promise<Binding>): Gateway {
  const engine = Reflect.get(Object(client), ENGINE) as Partial<Engine> | undefined;
  if (typeof engine?.each !== 'function') throw wrong('gateway: it needs a client that has accounts of its own');
  const mounted = new Mount(engine as Engine, written(policy), load);
  const gateway = (request: FetchRequest): Promise<FetchResponse> =>
    answerFetch(mounted, request as Request) as Promise<FetchResponse>;
  return Object.assign(gateway, {
    node: ((request, response, next) => answerNode(mounted, request, response, next)) satisfies Gateway['node'],
    ready: mounted.ready,
    finish: () => mounted.finish(),
  });
}

/** What this runtime cannot do. */
export function unsupported(message: string, cause?: { cause: unknown }): Error {
  return new Unsupported({ kind: 'unsupported', delivery: 'not_sent', operation: '', message, attempts: 0 }, cause);
}

/** What answers. */
export type Answering = Pick<Mount, 'answer'>;
