/** The client: accounts, and what reaches them. */

import { accountsIn } from './accounts.js';
import type { Binding, Core, Flow, Mode, ReplyParts } from './binding.js';
import type { Carrier } from './carrier.js';
import { called } from './codec.js';
import { Driver, type Event, type Host } from './driver.js';
import { failed, isFailed, refused } from './failure.js';
import type { Providers } from './generated/index.js';
import type { Accounts, NamedAccount } from './generated/settings.js';
import { tables } from './generated/tables.js';
import { Log, type Hooks } from './hooks.js';
import { MemoryJournal, type Journal } from './journal.js';
import { operations, type Caller } from './operations.js';
import { checkedOptions, checkedTimeout, flowOptions } from './options.js';
import type { Platform, WasmSource } from './platform.js';
import { Reply, shownAs } from './reply.js';
import { rawBody, rawQuery, type RawOptions } from './request.js';
import { OwnTransport, type Transport } from './transport.js';
import type { KeyedCallOptions, RawResponse } from './types.js';

/** Accounts, and how the client is to work. Without any account they come from the environment, where there is one. */
export interface TrunklineOptions extends Accounts {
  /** More accounts by name, each with its `provider`; choose one with `account` in a call. */
  accounts?: Readonly<Record<string, NamedAccount>> | undefined;
  /** Read the environment as well, `TRUNKLINE_<PROVIDER>_<SETTING>`; by default only where no account is given. */
  environment?: boolean | undefined;
  /** For each call (a wait has its own), retries included; by default 30 s, for purchases 90 s. */
  timeoutMs?: number | undefined;
  /** Carries requests in another way. */
  transport?: Transport | undefined;
  /** Records purchases; in memory by default, so that it outlives no crash. */
  journal?: Journal | undefined;
  /** For your own logs and traces. */
  on?: Hooks | undefined;
  /** The module in WebAssembly, where it cannot be found by itself; in Node.js it is used in place of the addon. */
  wasm?: WasmSource | undefined;
}

const OPTIONS = ['accounts', 'environment', 'timeoutMs', 'transport', 'journal', 'on', 'wasm', ...Object.keys(tables)];

function checked(options: TrunklineOptions): TrunklineOptions {
  if (typeof options !== 'object' || options === null) throw refused('invalid_input', `options must be an object, not ${called(options)}`);
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (unknown !== undefined) throw refused('invalid_input', `there is no option ${unknown}; there are: ${OPTIONS.join(', ')}`);
  const { journal, transport } = options;
  if (transport !== undefined && !OwnTransport.accepts(transport)) {
    throw refused('invalid_input', `transport must be a function or have a method send(request), and is ${called(transport)}`);
  }
  if (journal !== undefined && typeof journal?.record !== 'function') {
    throw refused('invalid_input', `journal must have a method record(line), and is ${called(journal)}`);
  }
  checkedTimeout(options.timeoutMs, '');
  return options;
}

/** One attribute for each provider. */
export interface Client extends Providers {}

export class Client implements Host, Caller {
  /** @internal */ readonly carrier: Carrier;
  /** @internal */ readonly journal: Journal;
  readonly #platform: Platform;
  readonly #options: TrunklineOptions;
  readonly #running = new Set<Driver>();
  // One clock for deadlines and for dates: wall time at the start, and monotonic time since.
  readonly #started = Date.now() - performance.now();
  #config: string | undefined;
  #binding: Binding | undefined;
  #core: Core | undefined;
  #opening: Promise<Core> | undefined;
  #closed = false;

  protected constructor(options: TrunklineOptions, platform: Platform) {
    const { transport, journal } = checked(options);
    this.#config = accountsIn({ ...options });
    this.#options = options;
    this.#platform = platform;
    this.carrier = transport === undefined ? platform.carrier() : new OwnTransport(transport);
    this.journal = journal ?? new MemoryJournal();
  }

  /**
   * Signs and sends what no operation covers, and gives the reply that the provider has not refused. Anything but a
   * `GET` is sent at most once. `path` is below the base URL and escaped.
   */
  async request(provider: string, method: string, path: string, options: RawOptions = {}): Promise<RawResponse> {
    const checked = checkedOptions(options, 'request', ['query', 'json', 'body', 'contentType']);
    const [contentType, body] = rawBody(options);
    const query = rawQuery(options);
    const flow = (core: Core): Flow => {
      const said = flowOptions(checked, 'request', this.#options.timeoutMs);
      return core.request(String(provider), String(method), String(path), query, contentType, body, said);
    };
    return this.reply((await this.#run(flow, 'request', checked))[1]);
  }

  /** Ends what is under way as cancelled, and closes the connections. Later calls fail. */
  close(): void {
    this.#closed = true;
    for (const driver of this.#running) driver.cancel();
    this.carrier.close();
  }

  /** @internal */
  now(): number {
    return this.#started + performance.now();
  }

  /** @internal */
  async run(mode: Mode, operation: string, params: string, given: unknown): Promise<readonly [string, ReplyParts]> {
    const options = checkedOptions(given, operation);
    return this.#run((core) => this.#start(core, mode, operation, params, options), operation, options);
  }

  /** @internal */
  items(operation: string, params: string, given: unknown): AsyncIterableIterator<string> {
    const options = checkedOptions(given, operation);
    return this.#items((core) => this.#start(core, 'all', operation, params, options), operation, options);
  }

  /** @internal */
  reply(parts: ReplyParts): RawResponse {
    return new Reply(parts, (body) => (this.#binding as Binding).text(body));
  }

  /** @internal */
  toJSON(): string {
    return '<Trunkline>';
  }

  #start(core: Core, mode: Mode, operation: string, params: string, options: KeyedCallOptions): Flow {
    const timeout = mode === 'wait' ? undefined : this.#options.timeoutMs;
    return core.start(mode, operation, params, flowOptions(options, operation, timeout));
  }

  async #run(start: (core: Core) => Flow, operation: string, { signal }: KeyedCallOptions): Promise<readonly [string, ReplyParts]> {
    const driver = await this.#drive(start, operation);
    const event = await this.#next(driver, signal);
    this.#running.delete(driver);
    if (event[0] === 'done') return [event[1], event[2]];
    throw new Error('a call has ended without a result; this is a defect of the library');
  }

  async *#items(start: (core: Core) => Flow, operation: string, { signal }: KeyedCallOptions): AsyncGenerator<string, undefined> {
    const driver = await this.#drive(start, operation);
    try {
      for (;;) {
        const event = await this.#next(driver, signal);
        if (event[0] !== 'item') return;
        yield event[1];
      }
    } finally {
      driver.cancel();
      this.#running.delete(driver);
    }
  }

  async #drive(start: (core: Core) => Flow, operation: string): Promise<Driver> {
    const core = this.#core ?? (await this.#open());
    if (this.#closed) throw refused('invalid_input', 'this client is closed: make another');
    try {
      const { on } = this.#options;
      const driver = new Driver(start(core), this, on && new Log(on, operation, () => this.now()));
      this.#running.add(driver);
      return driver;
    } catch (thrown) {
      throw isFailed(thrown) ? failed(thrown, (parts) => this.reply(parts)) : thrown;
    }
  }

  async #next(driver: Driver, signal: AbortSignal | undefined): Promise<Event> {
    const cancel = (): void => driver.cancel();
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel);
    try {
      const event = await driver.next();
      if (event[0] !== 'failed') return event;
      const cause = signal?.aborted ? (signal.reason as unknown) : driver.cause;
      throw failed(event, (parts) => this.reply(parts), cause === undefined ? undefined : { cause });
    } catch (problem) {
      this.#running.delete(driver);
      throw problem;
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** Once; again after it has failed. */
  #open(): Promise<Core> {
    if (this.#closed) return Promise.reject(refused('invalid_input', 'this client is closed: make another'));
    this.#opening ??= this.#load().catch((problem: unknown) => {
      this.#opening = undefined;
      throw problem;
    });
    return this.#opening;
  }

  async #load(): Promise<Core> {
    const { wasm, environment } = this.#options;
    const binding = await this.#platform.load(wasm);
    const seed = new Uint8Array(16);
    this.#platform.randomise(seed);
    const variables: string[] = [];
    if (environment ?? this.#config === undefined) {
      for (const [name, value] of Object.entries(this.#platform.environment())) {
        if (name.startsWith('TRUNKLINE_') && value !== undefined) variables.push(name, value);
      }
    }
    this.#binding = binding;
    try {
      this.#core = new binding.Client(this.#config ?? '{}', seed, variables);
    } catch (thrown) {
      throw isFailed(thrown) ? failed(thrown, (parts) => this.reply(parts)) : thrown;
    }
    return this.#core;
  }

  static {
    for (const [provider, table] of Object.entries(tables)) {
      Object.defineProperty(this.prototype, provider, {
        get(this: Client) {
          const value = operations(this, provider, table);
          Object.defineProperty(this, provider, { value });
          return value;
        },
      });
    }
    // Its options hold credentials.
    shownAs(this.prototype, () => '<Trunkline>');
  }
}
