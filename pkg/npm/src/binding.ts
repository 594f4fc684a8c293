/**
 * What the core exports: the addon for Node.js (`bindings/node`) and the module in WebAssembly (`bindings/wasm`) alike.
 * Names and their values are flat, `[name, value, name, value…]`; times are milliseconds, points in time since 1970.
 */

/** A reply. */
export type ReplyParts = readonly [status: number, headers: readonly string[], body: Uint8Array];

/** The error as JSON, as text for people, and the reply that it is about. Also what constructors throw. */
export type Failed = readonly ['failed', json: string, text: string, reply: ReplyParts | undefined];

/** Why a flow sleeps. */
export type Why = 'rate_limit' | 'retry' | 'lease' | 'poll' | 'settle';

/** Send this. */
export type SendStep = readonly [
  'send',
  id: number,
  method: string,
  url: string,
  headers: readonly string[],
  body: Uint8Array,
  deadline: number,
  bodyLimit: number,
];

/** Wait so long. */
export type SleepStep = readonly ['sleep', id: number, millis: number, why: Why];

/** What a flow wants next. */
export type Step =
  | SendStep
  | SleepStep
  | readonly ['record', id: number, line: string]
  | readonly ['consult', id: number, question: unknown]
  | readonly ['abort', id: number]
  | readonly ['item', json: string]
  | readonly ['waiting']
  | readonly ['done', json: string, reply: ReplyParts]
  | readonly ['end']
  | Failed;

/** One running call. Each action is answered once, unless it was aborted. */
export interface Flow {
  step(now: number): Step;
  answered(now: number, id: number, status: number, headers: readonly string[], body: Uint8Array): void;
  notSent(now: number, id: number, why: string): void;
  lost(now: number, id: number, why: string): void;
  elapsed(now: number, id: number): void;
  recorded(now: number, id: number): void;
  /** The answer of what keeps the journal: of the addon's `Directory`, or the `Question` that has its answer. */
  consulted(now: number, id: number, answer: unknown): void;
  notRecorded(now: number, id: number, why: string): void;
  cancel(): void;
  /** In WebAssembly, where nobody else does. */
  free?(): void;
}

/** What may be said of one call. */
export interface FlowOptions {
  account?: string | undefined;
  timeoutMillis?: number | undefined;
  attempts?: number | undefined;
  idempotencyKey?: string | undefined;
}

/** What a call is after. */
export type Mode = 'call' | 'all' | 'wait';

/** Accounts. */
export interface Core {
  readonly accounts: readonly string[];
  start(mode: Mode, operation: string, params: string, options: FlowOptions): Flow;
  request(
    provider: string,
    method: string,
    path: string,
    query: readonly string[],
    contentType: string | undefined,
    body: Uint8Array,
    options: FlowOptions,
  ): Flow;
  /** Settles purchases whose end nobody knows; items are `RecoveredPurchase`s. */
  recover(): Flow;
  /** A list of `OpenPurchase`s, as JSON. */
  openPurchases(): string;
  /** Hands an event to whoever waits for it; gives what is new in it. Both as JSON: an event, and a list of them. */
  feed(now: number, event: string): string;
  free?(): void;
}

/** A journal in a folder. Errors name the file, and say what is wrong with it. */
export interface DirectoryCore {
  record(line: string): Promise<void>;
  /** Both as JSON. */
  consult(question: string): Promise<string>;
  close(): void;
}

/** What a flow asks of a journal that pages share. */
export interface Question {
  /** The keys whose holders the answer needs. */
  keys(): string[];
  /**
   * What is to be kept from now on; the question then has its answer. Other ledgers as name, ledger, name, ledger…; who
   * is gone, by name; of each key its holder, or nothing. Throws a text.
   */
  answer(
    ledger: string | undefined,
    others: string[],
    gone: string[],
    holders: string[],
  ): readonly [ledger: string, holders: readonly string[], tookOver: boolean];
}

/** What a gateway answers, but for the body's length. */
export type GatewayAnswer = readonly ['answer', status: number, headers: readonly string[], body: string];

/**
 * What a gateway runs; the answer is 200 with these headers. The flow never fails: its result is the answer's body, or where
 * that comes in lines, they are its items. What is lasting goes on to its end when nobody waits for the answer any more.
 */
export type GatewayRun = readonly [
  'run',
  operation: string,
  lasting: boolean,
  lines: boolean,
  headers: readonly string[],
  flow: Flow,
];

/** Who may run what. `target` is path and query as they came; headers as they came, all of them. */
export interface GatewayCore {
  /** How many bytes of a body, and how many milliseconds for it to come. */
  readonly limits: ArrayLike<number>;
  /** The refusal of what is refused before its body is read. */
  check(method: string, target: string, headers: readonly string[]): GatewayAnswer | null | undefined;
  /** The answer to a request whose body is not there. */
  refuse(why: 'late' | 'broken' | 'used', method: string, target: string, headers: readonly string[]): GatewayAnswer;
  admit(
    now: number,
    method: string,
    target: string,
    headers: readonly string[],
    body: Uint8Array,
  ): GatewayAnswer | GatewayRun;
}

/** The core itself. */
export interface Binding {
  readonly Client: new (
    config: string,
    seed: Uint8Array,
    environment?: readonly string[],
    sharedJournal?: boolean,
  ) => Core;
  /** In the addon. */
  readonly Directory?: { open(folder: string, name: string): Promise<DirectoryCore> };
  /** In WebAssembly: a client's ledger with a line more. Throws a text. */
  journalRecord?(ledger: string | undefined, line: string): string;
  /** In WebAssembly: whether nothing in a ledger is to be recovered once its client is closed. Throws a text. */
  journalSettled?(ledger: string): boolean;
  /** Not in the module that browsers load. */
  readonly Gateway?: new (client: Core, policy: string) => GatewayCore;
  /**
   * Not in the module that browsers load. The event as JSON; nothing for what is no event. `verification` is JSON: what it
   * is checked by.
   */
  parseEvent?(
    now: number,
    provider: string,
    method: string,
    query: string,
    headers: readonly string[],
    body: Uint8Array,
    verification: string,
  ): string | null | undefined;
  /** A reply's body as text for people, its secrets masked. */
  text(body: Uint8Array): string;
}

/** What a request to the sandbox comes to, and after how long; `elsewhere` where the sandbox is not at its URL. */
export type Handled =
  | readonly ['respond', after: number, reply: ReplyParts]
  | readonly ['cut', after: number, reply: ReplyParts, bytes: number]
  | readonly ['drop', after: number]
  | readonly ['hang', after: number]
  | readonly ['elsewhere'];

/** The five providers, pretended. */
export interface SandboxCore {
  handle(now: number, method: string, url: string, headers: readonly string[], body: Uint8Array): Handled;
  /** A call of the sandbox itself, as its server takes them below `/_sandbox/`; throws what is wrong with it. */
  control(now: number, method: string, path: string, body: Uint8Array): string;
}

/** The sandbox itself. */
export interface SandboxBinding {
  readonly Sandbox: {
    new (settings?: string): SandboxCore;
    /** Its accounts, as JSON. */
    accounts(): string;
  };
}
