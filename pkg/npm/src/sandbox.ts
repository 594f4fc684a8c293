/** The five providers, pretended, as a transport in this process: for tests of your own program, without accounts. */

import { Lost, NotSent, Trunkline, Unsupported } from 'trunkline';
import type { Transport, TransportRequest, TransportResponse, TrunklineOptions } from 'trunkline';
import type { SandboxBinding, SandboxCore } from './binding.js';

/** Ways in which calls go wrong. */
export type FaultKind =
  | 'rate_limited_with_retry_after'
  | 'rate_limited'
  | 'server_error'
  | 'bad_gateway_html'
  | 'lost_before_acting'
  | 'lost_after_acting'
  | 'acts_late'
  | 'cut_mid_body'
  | 'slow'
  | 'hang'
  | 'garbage_json'
  | 'wrong_types'
  | 'empty_object';

/** Which calls go wrong, and how. */
export interface Fault {
  kind: FaultKind;
  provider?: string | undefined;
  /** `POST /rent`; by default every call. */
  operation?: string | undefined;
  /** How many calls; by default all. */
  times?: number | undefined;
  /** How many calls go well first. */
  skip?: number | undefined;
  /** Between 0 and 1; by default 1. */
  probability?: number | undefined;
  delayMs?: number | undefined;
  /** Seconds. */
  retryAfter?: number | undefined;
}

/** An SMS for a number that was bought in the sandbox. */
export interface ReceivedSms {
  to: string;
  from: string;
  text: string;
}

/** An SMS that arrives by itself: at the number `to`, or after each purchase at what was bought. */
export interface ScriptedSms {
  from: string;
  text: string;
  afterMs?: number | undefined;
  to?: string | undefined;
}

/** The settings of `trunkline sandbox`: `seed`, `lenient`, and an object for each provider, in its own names. */
export type SandboxSettings = Readonly<Record<string, unknown>>;

const encoder = new TextEncoder();

/** A sandbox in this process; made by `sandbox()`. It is a transport. */
export class Sandbox {
  readonly #core: SandboxCore;
  readonly #accounts: string;

  /** @internal */
  constructor({ Sandbox }: SandboxBinding, core: SandboxCore) {
    this.#core = core;
    this.#accounts = Sandbox.accounts();
  }

  /** A client with an account at each of the five. */
  client(options: Omit<TrunklineOptions, 'transport'> = {}): Trunkline {
    return new Trunkline({ ...this.accounts, ...options, transport: this.transport });
  }

  /** An account at each of the five, for a client that has `transport`. */
  get accounts(): TrunklineOptions {
    const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    const accounts = JSON.parse(this.#accounts) as Record<string, Record<string, string>>;
    const renamed = Object.entries(accounts).map(([provider, settings]) => [
      provider,
      Object.fromEntries(Object.entries(settings).map(([name, value]) => [camelCase(name), value])),
    ]);
    return Object.fromEntries(renamed) as TrunklineOptions;
  }

  /** Carries requests to the sandbox. */
  get transport(): Transport {
    return (request) => this.#send(request);
  }

  /** An SMS arrives. */
  receiveSms(provider: string, sms: ReceivedSms): void {
    this.#control('POST', 'messages', { provider, ...sms });
  }

  /** An SMS arrives later by itself. */
  scriptSms(provider: string, { from, text, afterMs = 0, to }: ScriptedSms): void {
    this.#control('POST', 'messages', { provider, script: { after_ms: Math.round(afterMs), from, text, to } });
  }

  /** From now on calls go wrong. */
  addFault({ delayMs = 1000, retryAfter = 1, ...fault }: Fault): void {
    this.#control('POST', 'faults', { ...fault, delay_ms: Math.round(delayMs), retry_after: retryAfter });
  }

  /** No call goes wrong any more. */
  clearFaults(): void {
    this.#control('DELETE', 'faults');
  }

  /** Lets so much of the providers' time pass: numbers become active, rentals end, scripted SMS arrive. */
  advance(ms: number): void {
    this.#control('POST', 'advance', { ms: Math.round(ms) });
  }

  /** What the providers hold: wallets, stock, numbers. */
  state(): Record<string, unknown> {
    return this.#control('GET', 'state');
  }

  #control(method: string, path: string, body?: object): Record<string, unknown> {
    const sent = body === undefined ? new Uint8Array() : encoder.encode(JSON.stringify(body));
    return JSON.parse(this.#core.control(Date.now(), method, path, sent)) as Record<string, unknown>;
  }

  async #send({ method, url, headers, body, signal, bodyLimit }: TransportRequest): Promise<TransportResponse> {
    const handled = this.#core.handle(Date.now(), method, url, headers.flat(), body);
    if (handled[0] === 'elsewhere') throw new NotSent('the sandbox is not at this URL');
    if (handled[0] === 'hang') return new Promise(() => {});
    if (handled[1] > 0) await sleep(handled[1], signal);
    if (handled[0] === 'drop') throw new Lost('the connection was closed without an answer');
    if (handled[0] === 'cut') throw new Lost('the reply broke off');
    const [status, flat, content] = handled[2];
    const pairs = flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1] as string] as const] : []));
    return { status, headers: pairs, body: content.subarray(0, bodyLimit + 1) };
  }
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(Math.ceil(ms), 1));
    signal.addEventListener('abort', () => clearTimeout(timer));
  });
}

/** A sandbox of that module. */
export function start(binding: SandboxBinding, settings: SandboxSettings | undefined): Sandbox {
  return new Sandbox(binding, new binding.Sandbox(settings === undefined ? undefined : JSON.stringify(settings)));
}

/** What this runtime cannot do. */
export function unsupported(message: string, cause?: { cause: unknown }): Error {
  const details = { kind: 'unsupported', delivery: 'not_sent', operation: '', message, attempts: 0 } as const;
  return new Unsupported(details, cause);
}
