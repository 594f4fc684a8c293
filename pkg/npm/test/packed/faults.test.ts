/**
 * Every operation under every fault of the sandbox, over real HTTP, in real time: by undici on the addon, and by fetch in
 * WebAssembly. What is promised is what Rust promises (`tests/promises.json`); the table is printed.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { Trunkline, TrunklineError, type Hooks } from 'trunkline';
import { hosts, web } from './hosts.js';
import { JOBS } from './jobs.js';
import { camelCase } from './player.js';
import { shown } from './secrets.js';
import { Servers } from './servers.js';

interface Promised {
  call: string;
  spends: boolean;
  faults: Record<string, [kind: string, delivery: string] | null>;
}

const FILE = new URL('../../../../../tests/promises.json', import.meta.url);
const PROMISES = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, Promised>;
const FAULTS = Object.keys(PROMISES['vonage.buy_number']?.faults ?? {});
/** They wait more than they work. */
const AT_ONCE = 64;
/** A purchase has 90 s by itself; whatever takes longer than this hangs. */
const NO_CALL_TAKES_LONGER = 100_000;

type Make = (options: ConstructorParameters<typeof Trunkline>[0]) => Trunkline;

interface Cell {
  operation: string;
  fault: string;
}

/** A word for the table, and everything that is wrong. */
interface Judgement {
  word: string;
  problems: string[];
}

const servers = new Servers();
after(() => servers.close());

async function run({ operation, fault }: Cell, make: Make): Promise<Judgement> {
  const [provider = '', name = ''] = operation.split('.');
  const promise = PROMISES[operation] as Promised;
  const server = await servers.start({ vonage: { auto_reload: true } });
  const events: unknown[] = [];
  const log = (event: unknown): unknown => events.push(event);
  const on: Hooks = { request: log, reply: log, retry: log, wait: log };
  const client = make({ ...server.accounts, on });
  const advance = async (ms: number): Promise<void> => void (await server.control('POST', 'advance', { ms }));
  const params = await (JOBS[operation] as (typeof JOBS)[string])({ client, advance });
  const before = await server.purchases(provider);
  // Purchases are looked for within 20 s; all else must be sent again before the late one acts, however busy the machine is.
  const delay = fault === 'acts_late' && !promise.spends ? 10_000 : 2500;
  await server.control('POST', 'faults', { kind: fault, provider, operation: promise.call, times: 1, delay_ms: delay });
  const namespace = Reflect.get(client, provider) as Record<string, (params: unknown) => Promise<unknown>>;
  const started = performance.now();
  const call = namespace[camelCase(name)]?.(params) as Promise<unknown>;
  const error: unknown = await call.then(() => undefined, (thrown: unknown) => thrown);
  const took = performance.now() - started;
  // What comes late has come by then.
  await advance(60_000);
  const bought = (await server.purchases(provider)) - before;
  client.close();
  server.close();
  const problems = bought > 1 ? [`bought ${bought} times`] : [];
  if (took > NO_CALL_TAKES_LONGER) problems.push(`took ${took} ms`);
  const seen = error instanceof TrunklineError || isOurs(error) ? [error.kind, error.delivery] : error === undefined ? null : ['thrown'];
  const promised = promise.faults[fault] ?? null;
  if (JSON.stringify(seen) !== JSON.stringify(promised)) problems.push(`promised ${promised}, seen ${seen}: ${String(error)}`);
  problems.push(...[error, events].flatMap((value) => shown(value, server.accounts)));
  if (!events.length) problems.push('nothing was told to the hooks');
  const word = seen === null ? 'ok' : `${seen[0]}${seen[1] === 'unknown' ? '?' : ''}`;
  return { word, problems: problems.map((problem) => `${operation} under ${fault}: ${problem}`) };
}

/** The entry for browsers has classes of its own. */
function isOurs(error: unknown): error is TrunklineError {
  return error instanceof web.TrunklineError;
}

async function all(make: Make): Promise<Map<string, Judgement>> {
  const results = new Map<string, Judgement>();
  // Silence goes first: it takes longest.
  const faults = [...FAULTS].sort((a, b) => Number(b === 'hang') - Number(a === 'hang'));
  const cells = faults.flatMap((fault) => Object.keys(JOBS).map((operation) => ({ operation, fault })));
  const work = async (): Promise<void> => {
    for (let cell = cells.shift(); cell; cell = cells.shift()) {
      const { operation, fault } = cell;
      const failed = (problem: unknown): Judgement => ({ word: '!', problems: [`${operation} under ${fault}: ${String(problem)}`] });
      results.set(`${operation} ${fault}`, await run(cell, make).catch(failed));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

function table(results: Map<string, Judgement>): string {
  const row = (first: string, words: string[]): string => first.padEnd(38) + words.map((word) => word.slice(0, 19).padEnd(20)).join('');
  const rows = Object.keys(JOBS).map((operation) => row(operation, FAULTS.map((fault) => results.get(`${operation} ${fault}`)?.word ?? '-')));
  return [row('', FAULTS), ...rows].join('\n');
}

const makes: Record<string, Make> = {
  'undici on the addon': (options) => new Trunkline(options),
  'fetch in WebAssembly': (options) => new web.Trunkline({ ...options, ...hosts.wasm }),
};

const started = performance.now();
// Both at once, since they wait more than they work.
for (const [name, running] of Object.entries(makes).map(([name, make]) => [name, all(make)] as const)) {
  test(`every operation under every fault ends as promised, and buys at most once: ${name}`, { timeout: 600_000 }, async () => {
    const results = await running;
    console.log(`\n${table(results)}\n${results.size} cells in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    const problems = [...results.values()].flatMap(({ problems }) => problems);
    assert.equal(problems.length, 0, `${problems.length} problems:\n${problems.join('\n')}`);
    assert.equal(results.size, 63 * 13);
  });
}

test('there is a job for every operation', () => {
  assert.deepEqual(Object.keys(JOBS), Object.keys(PROMISES));
});
