/** What is behind a client: the core, its accounts, and what runs calls. */

import type { Binding, Core, Flow, ReplyParts } from './binding.js';
import type { Carrier } from './carrier.js';
import { Driver, type Event, type Host } from './driver.js';
import { CLOSED, failed, isFailed, refused } from './failure.js';
import { Log, type Hooks } from './hooks.js';
import { NotRecorded, type Journal, type SharedJournal } from './journal.js';
import type { Call, Caller } from './operations.js';
import { checkedOptions, flowOptions } from './options.js';
import type { Platform, WasmSource } from './platform.js';
import { Reply } from './reply.js';
import type { KeyedCallOptions, RawResponse } from './types.js';

/** How it is to work. */
export interface EngineOptions {
  /** Accounts as JSON; none where there are none. */
  config: string | undefined;
  environment: boolean | undefined;
  timeoutMs: number | undefined;
  hooks: Hooks | undefined;
  wasm: WasmSource | undefined;
  carrier: Carrier;
  journal: string | Journal | undefined;
  platform: Platform;
}

type Start = (core: Core) => Flow;
type Ran = readonly [json: string, reply: ReplyParts];

/** Where a client has what is behind it. */
export const ENGINE = Symbol.for('trunkline.engine');

export class Engine implements Host, Caller {
  readonly carrier: Carrier;
  /** Once the core is loaded. */
  journal: Journal | undefined;
  /** Once the core is loaded. */
  binding: Binding | undefined;
  readonly #options: EngineOptions;
  readonly #running = new Set<Driver>();
  // One clock for deadlines and for dates: wall time at the start, and monotonic time since.
  readonly #started = Date.now() - performance.now();
  #core: Core | undefined;
  /** Opened here, and closed here. */
  #shared: SharedJournal | undefined;
  #opening: Promise<Core> | undefined;
  #closed = false;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.carrier = options.carrier;
  }

  now(): number {
    return this.#started + performance.now();
  }

  async run(call: Call, given: unknown): Promise<readonly [value: unknown, reply: RawResponse | undefined]> {
    const options = checkedOptions(given, call.operation);
    const [json, reply] = await this.flow((core) => this.#start(core, call, options), call.operation, options);
    return [JSON.parse(json), call.withReply ? this.reply(reply) : undefined];
  }

  items(call: Call, given: unknown): AsyncIterableIterator<unknown> {
    const options = checkedOptions(given, call.operation);
    return this.each((core) => this.#start(core, call, options), call.operation, options, JSON.parse);
  }

  /** Hands an event to whoever waits for it. */
  async feed(event: string): Promise<string> {
    const core = await this.open();
    try {
      return core.feed(this.now(), event);
    } catch (thrown) {
      throw isFailed(thrown) ? failed(thrown, (parts) => this.reply(parts)) : thrown;
    }
  }

  reply(parts: ReplyParts): RawResponse {
    return new Reply(parts, (body) => (this.binding as Binding).text(body));
  }

  #start(core: Core, { mode, waits, operation, params }: Call, options: KeyedCallOptions): Flow {
    const timeout = waits ? undefined : this.#options.timeoutMs;
    return core.start(mode, operation, params, flowOptions(options, operation, timeout));
  }

  /** Runs a flow to its result. */
  async flow(start: Start, operation: string, { signal }: KeyedCallOptions): Promise<Ran> {
    const driver = await this.#drive(start, operation);
    const event = await this.#next(driver, signal);
    this.#running.delete(driver);
    if (event[0] === 'done') return [event[1], event[2]];
    throw new Error('a call has ended without a result; this is a defect of the library');
  }

  /** Runs a flow for its items, each as it is read. */
  async *each(
    start: Start,
    operation: string,
    { signal }: KeyedCallOptions,
    read: (json: string) => unknown,
  ): AsyncGenerator<unknown, undefined> {
    const driver = await this.#drive(start, operation);
    try {
      for (;;) {
        const event = await this.#next(driver, signal);
        if (event[0] !== 'item') return;
        yield read(event[1]);
      }
    } finally {
      driver.cancel();
      this.#running.delete(driver);
    }
  }

  async #drive(start: Start, operation: string): Promise<Driver> {
    const core = this.#core ?? (await this.open());
    if (this.#closed) throw refused('invalid_input', CLOSED);
    try {
      const { hooks } = this.#options;
      const driver = new Driver(start(core), this, hooks && new Log(hooks, operation, () => this.now()));
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

  /** Loads the core once, by the first who asks; again after it has failed. */
  open(load: Platform['load'] = this.#options.platform.load): Promise<Core> {
    if (this.#closed) return Promise.reject(refused('invalid_input', CLOSED));
    this.#opening ??= this.#load(load).catch((problem: unknown) => {
      this.#opening = undefined;
      throw problem;
    });
    return this.#opening;
  }

  async #load(load: Platform['load']): Promise<Core> {
    const { config, environment, journal, platform, wasm } = this.#options;
    const binding = await load(wasm);
    const seed = new Uint8Array(16);
    platform.randomise(seed);
    const variables: string[] = [];
    if (environment ?? config === undefined) {
      for (const [name, value] of Object.entries(platform.environment())) {
        if (name.startsWith('TRUNKLINE_') && value !== undefined) variables.push(name, value);
      }
    }
    this.binding = binding;
    let core: Core;
    try {
      core = new binding.Client(config ?? '{}', seed, variables, typeof journal === 'string');
    } catch (thrown) {
      throw isFailed(thrown) ? failed(thrown, (parts) => this.reply(parts)) : thrown;
    }
    this.journal = typeof journal === 'string' ? await this.#open(binding, journal) : journal;
    this.#core = core;
    return core;
  }

  async #open(binding: Binding, journal: string): Promise<Journal> {
    try {
      this.#shared = await this.#options.platform.journal(binding, journal);
    } catch (thrown) {
      if (!(thrown instanceof NotRecorded)) throw thrown;
      throw refused('journal_failed', `the journal cannot be used: ${thrown.message}`);
    }
    if (this.#closed) this.#shared.close();
    return this.#shared;
  }

  /** Ends what is under way as cancelled, and closes connections and journal. */
  close(): void {
    this.#closed = true;
    for (const driver of this.#running) driver.cancel();
    this.carrier.close();
    this.#shared?.close();
  }
}
