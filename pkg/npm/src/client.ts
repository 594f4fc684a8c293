/** The client: accounts, and what reaches them. */

import { accountsIn } from './accounts.js';
import { Codec, called } from './codec.js';
import { Engine, ENGINE } from './engine.js';
import { refused, unsupported } from './failure.js';
import { Gateway } from './gateway.js';
import { gatewayIn } from './gateway-place.js';
import { events } from './generated/events.js';
import type { Event, OpenPurchase, Providers, RecoveredPurchase } from './generated/index.js';
import { purchases } from './generated/purchases.js';
import type { Accounts, NamedAccount } from './generated/settings.js';
import { tables } from './generated/tables.js';
import { tables as unified, type Unified } from './generated/unified.js';
import type { Hooks } from './hooks.js';
import type { Journal } from './journal.js';
import { camelCase } from './names.js';
import { operations } from './operations.js';
import { checkedOptions, checkedTimeout, flowOptions } from './options.js';
import type { Platform, WasmSource } from './platform.js';
import { shownAs } from './reply.js';
import { rawBody, rawQuery, type RawOptions } from './request.js';
import { OwnTransport, type Transport } from './transport.js';
import type { RawResponse, SecretText } from './types.js';

/** Accounts, and how the client is to work. Without any account they come from the environment, where there is one. */
export interface TrunklineOptions extends Accounts {
  /** More accounts by name, each with its `provider`; choose one with `account` in a call. */
  accounts?: Readonly<Record<string, NamedAccount>> | undefined;
  /**
   * In place of accounts: the URL of a gateway, which runs operations with its own. Nothing is sent twice, by the client
   * to the gateway.
   */
  gateway?: string | URL | undefined;
  /** Of the gateway. */
  token?: SecretText | undefined;
  /** Read the environment as well, `TRUNKLINE_<PROVIDER>_<SETTING>`; by default only where no account is given. */
  environment?: boolean | undefined;
  /** For each call (a wait has its own), retries included; by default 30 s, for purchases 90 s. */
  timeoutMs?: number | undefined;
  /** Carries requests in another way. */
  transport?: Transport | undefined;
  /**
   * Records purchases, so that `recover` can settle what a crash leaves open. In Node.js a folder, which processes share;
   * in browsers a name, under which the pages of an origin share a database; or an object of your own. Without one only
   * the client itself knows what is open.
   */
  journal?: string | Journal | undefined;
  /** For your own logs and traces. */
  on?: Hooks | undefined;
  /** The module in WebAssembly, where it cannot be found by itself; in Node.js it is used in place of the addon. */
  wasm?: WasmSource | undefined;
}

const OPTIONS = [
  'accounts',
  'gateway',
  'token',
  'environment',
  'timeoutMs',
  'transport',
  'journal',
  'on',
  'wasm',
  ...Object.keys(tables),
];

const decodePurchase = (shape: string, json: unknown): unknown => new Codec(purchases).decode(shape, json);

/** JSON makes texts of times. */
function revived(event: Event): Event {
  const at: unknown = Object(event).occurredAt;
  return typeof at === 'string' ? { ...event, occurredAt: new Date(at) } : event;
}

function checked(options: TrunklineOptions): TrunklineOptions {
  if (typeof options !== 'object' || options === null)
    throw refused('invalid_input', `options must be an object, not ${called(options)}`);
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (unknown !== undefined)
    throw refused('invalid_input', `there is no option ${unknown}; there are: ${OPTIONS.join(', ')}`);
  const { journal, transport } = options;
  if (transport !== undefined && !OwnTransport.accepts(transport)) {
    throw refused(
      'invalid_input',
      `transport must be a function or have a method send(request), and is ${called(transport)}`,
    );
  }
  if (journal !== undefined && typeof journal !== 'string' && typeof journal?.record !== 'function') {
    throw refused('invalid_input', `journal must be a string or have a method record(line), and is ${called(journal)}`);
  }
  checkedTimeout(options.timeoutMs, '');
  return options;
}

/** One attribute for each provider, and the operations of all as one. */
export interface Client extends Providers, Unified {}

/** Makes what is used, when it is first used. */
function lazily(prototype: Client, name: string, make: (client: Client) => unknown): void {
  Object.defineProperty(prototype, name, {
    get(this: Client) {
      const value = make(this);
      Object.defineProperty(this, name, { value });
      return value;
    },
  });
}

export class Client {
  readonly #caller: Engine | Gateway;
  readonly #unified: object;
  readonly #timeoutMs: number | undefined;

  protected constructor(options: TrunklineOptions, platform: Platform) {
    const { environment, journal, on: hooks, timeoutMs, transport, wasm } = checked(options);
    const gateway = gatewayIn({ ...options });
    const config = accountsIn({ ...options });
    const carrier = transport === undefined ? platform.carrier() : new OwnTransport(transport);
    this.#timeoutMs = timeoutMs;
    this.#caller = gateway
      ? new Gateway({ ...gateway, timeoutMs, hooks, carrier, randomise: platform.randomise })
      : new Engine({ config, environment, timeoutMs, hooks, wasm, carrier, journal, platform });
    this.#unified = operations(this.#caller, 'trunkline', unified);
  }

  /**
   * Signs and sends what no operation covers, and gives the reply that the provider has not refused. Anything but a
   * `GET` is sent at most once. `path` is below the base URL and escaped.
   */
  async request(provider: string, method: string, path: string, options: RawOptions = {}): Promise<RawResponse> {
    const engine = this.#engine('a gateway runs listed operations, and no other requests');
    const checked = checkedOptions(options, 'request', ['query', 'json', 'body', 'contentType']);
    const [contentType, body] = rawBody(options);
    const [query, said] = [rawQuery(options), flowOptions(checked, 'request', this.#timeoutMs)];
    const [, reply] = await engine.flow(
      (core) => core.request(String(provider), String(method), String(path), query, contentType, body, said),
      'request',
      checked,
    );
    return engine.reply(reply);
  }

  /**
   * Settles the purchases that nobody works on any more and of which nobody knows how they ended: of this client, and
   * where others share its journal also of those that are gone. What cannot be told yet stays open. Each is told when it
   * is settled, and told again by the next recovery unless the one after it was asked for.
   */
  async *recover(): AsyncGenerator<RecoveredPurchase, undefined> {
    const engine = this.#engine('a gateway recovers its purchases itself');
    const read = (json: string): unknown => decodePurchase('RecoveredPurchase', JSON.parse(json));
    yield* engine.each((core) => core.recover(), 'recover', {}, read) as AsyncGenerator<RecoveredPurchase, undefined>;
  }

  /** The purchases of this client whose end nobody knows, those under way included. */
  async openPurchases(): Promise<OpenPurchase[]> {
    const core = await this.#engine('a gateway knows its purchases itself').open();
    return decodePurchase('OpenPurchase[]', JSON.parse(core.openPurchases())) as OpenPurchase[];
  }

  /**
   * Hands an event to whoever waits for it (`waitForMessage`), one that `parseEvent` gave, also as JSON made it meanwhile;
   * gives what is new in it. That is nothing for what came before, and for a part of a message whose others are missing:
   * each message comes once and whole. What was not signed (see `trust`) reaches those who wait as well.
   */
  async feed(event: Event): Promise<Event[]> {
    const engine = this.#engine('a gateway waits with its own client: feed that');
    const codec = new Codec(events);
    const json = JSON.stringify(codec.encode('Event', revived(event), 'feed', 'event'));
    return codec.decode('Event[]', JSON.parse(await engine.feed(json))) as Event[];
  }

  #engine(unlike: string): Engine {
    if (this.#caller instanceof Engine) return this.#caller;
    throw unsupported(unlike);
  }

  /** Ends what is under way as cancelled, and closes connections and journal. Later calls fail. */
  close(): void {
    this.#caller.close();
  }

  /** @internal For the entry that mounts a gateway, which is a bundle of its own. */
  get [ENGINE](): Engine | Gateway {
    return this.#caller;
  }

  static {
    for (const [provider, table] of Object.entries(tables)) {
      lazily(this.prototype, provider, (client) => operations(client.#caller, provider, table));
    }
    for (const name of Object.keys(unified.operations).map(camelCase)) {
      lazily(this.prototype, name, (client) => Reflect.get(client.#unified, name));
    }
    shownAs(this.prototype, () => '<Trunkline>');
  }
}
