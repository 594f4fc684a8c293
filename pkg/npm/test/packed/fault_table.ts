/**
 * Every operation under every fault of the sandbox, over real HTTP, in real time. What is promised is what Rust promises
 * (`tests/promises.json`).
 */

import type { Hooks, Trunkline, TrunklineError, TrunklineOptions } from 'trunkline';
import { JOBS } from './jobs.js';
import { camelCase } from './player.js';
import { shown, type Printer } from './secrets.js';
import type { Server } from './server.js';

/** Of one operation: the call that faults are put on, whether it spends, and how it ends under each fault. */
export interface Promised {
  call: string;
  spends: boolean;
  faults: Record<string, [kind: string, delivery: string] | null>;
}

export type Promises = Record<string, Promised>;

/** A sandbox, and how clients reach it. */
export interface Place {
  server: Server;
  options: TrunklineOptions;
  close(): void;
}

/** Where and with what the calls are made. */
export interface Runtime {
  make(options: TrunklineOptions): Trunkline;
  isOurs(error: unknown): error is TrunklineError;
  /** A sandbox for one cell alone. */
  start(settings: object): Promise<Place>;
  print: Printer;
}

/** Words by operation and fault, and everything that is wrong. */
export interface FaultTable {
  words: Record<string, Record<string, string>>;
  problems: string[];
}

interface Cell {
  operation: string;
  fault: string;
}

/** A word for the table, and what is wrong. */
interface Judgement {
  word: string;
  problems: string[];
}

/** They wait more than they work. */
const AT_ONCE = 64;
/** A purchase has 90 s by itself; whatever takes longer than this hangs. */
const NO_CALL_TAKES_LONGER = 100_000;

async function run({ operation, fault }: Cell, promise: Promised, runtime: Runtime): Promise<Judgement> {
  const [provider = '', name = ''] = operation.split('.');
  const { server, options, close } = await runtime.start({ vonage: { auto_reload: true } });
  const events: unknown[] = [];
  const log = (event: unknown): unknown => events.push(event);
  const on: Hooks = { request: log, reply: log, retry: log, wait: log };
  const client = runtime.make({ ...options, on });
  const advance = async (ms: number): Promise<void> => void (await server.control('POST', 'advance', { ms }));
  const params = await (JOBS[operation] as (typeof JOBS)[string])({ client, advance });
  const before = await server.purchases(provider);
  // Purchases are looked for within 20 s; all else must be sent again before the late one acts, however busy the machine is.
  const delay = fault === 'acts_late' && !promise.spends ? 10_000 : 2500;
  await server.control('POST', 'faults', { kind: fault, provider, operation: promise.call, times: 1, delay_ms: delay });
  const namespace = Reflect.get(client, provider) as Record<string, (params: unknown) => Promise<unknown>>;
  const started = performance.now();
  const call = namespace[camelCase(name)]?.(params) as Promise<unknown>;
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const took = performance.now() - started;
  // What comes late has come by then.
  await advance(60_000);
  const bought = (await server.purchases(provider)) - before;
  client.close();
  close();
  const problems = bought > 1 ? [`bought ${bought} times`] : [];
  if (took > NO_CALL_TAKES_LONGER) problems.push(`took ${took} ms`);
  const seen = runtime.isOurs(error) ? [error.kind, error.delivery] : error === undefined ? null : ['thrown'];
  const promised = promise.faults[fault] ?? null;
  if (JSON.stringify(seen) !== JSON.stringify(promised))
    problems.push(`promised ${promised}, seen ${seen}: ${String(error)}`);
  problems.push(...[error, events].flatMap((value) => shown(value, server.accounts, runtime.print)));
  if (!events.length) problems.push('nothing was told to the hooks');
  const word = seen === null ? 'ok' : `${seen[0]}${seen[1] === 'unknown' ? '?' : ''}`;
  return { word, problems: problems.map((problem) => `${operation} under ${fault}: ${problem}`) };
}

/** Every fault. */
export function faults(promises: Promises): string[] {
  return Object.keys(Object.values(promises)[0]?.faults ?? {});
}

/** All of it. */
export async function faultTable(promises: Promises, runtime: Runtime): Promise<FaultTable> {
  const table: FaultTable = { words: {}, problems: [] };
  // Silence goes first: it takes longest.
  const sorted = faults(promises).sort((a, b) => Number(b === 'hang') - Number(a === 'hang'));
  const cells = sorted.flatMap((fault) => Object.keys(promises).map((operation) => ({ operation, fault })));
  const work = async (): Promise<void> => {
    for (let cell = cells.shift(); cell; cell = cells.shift()) {
      const { operation, fault } = cell;
      const failed = (problem: unknown): Judgement => ({
        word: '!',
        problems: [`${operation} under ${fault}: ${String(problem)}`],
      });
      const { word, problems } = await run(cell, promises[operation] as Promised, runtime).catch(failed);
      (table.words[operation] ??= {})[fault] = word;
      table.problems.push(...problems);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return table;
}
