/** Processes that are killed during a purchase, and what others make of it: real processes, killed with SIGKILL. */

import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Trunkline, type RecoveredPurchase } from 'trunkline';
import type { Server } from './server.js';
import { Servers } from './servers.js';

const servers = new Servers();
after(() => servers.close());

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'trunkline-recovery-'));
  after(() => rmSync(made, { recursive: true }));
  return made;
}

/** Rents, then says which, and goes on for as long as its parent does. */
const RENTS = `
import { Trunkline } from 'trunkline';
const { accounts, journal } = JSON.parse(process.argv[1]);
const { rentalId } = await new Trunkline({ ...accounts, journal }).rentnumber.rent({ pricingId: 42 });
console.log(rentalId);
process.stdin.resume().on('end', () => process.exit());
`;

function rents(accounts: object, journal: string): ChildProcess {
  const arguments_ = ['--input-type=module', '--eval', RENTS, JSON.stringify({ accounts, journal })];
  return spawn(process.execPath, arguments_, { stdio: ['pipe', 'pipe', 'inherit'] });
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  assert.deepEqual(await ended, [null, 'SIGKILL']);
}

async function recovered(server: Server, journal: string): Promise<RecoveredPurchase[]> {
  const client = new Trunkline({ ...server.accounts, journal });
  const found: RecoveredPurchase[] = [];
  for await (const purchase of client.recover()) found.push(purchase);
  client.close();
  return found;
}

async function bought(server: Server): Promise<void> {
  const until = performance.now() + 20_000;
  while ((await server.purchases('rentnumber')) === 0) {
    assert.ok(performance.now() < until, 'nothing was bought within 20 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test('what a killed process bought is told once, and not bought again', async () => {
  const [server, journal] = [await servers.start(), folder()];
  const fault = { kind: 'acts_late', operation: 'POST /rent', times: 1, delay_ms: 50, hang: true };
  await server.control('POST', 'faults', fault);
  const child = rents(server.accounts, journal);
  await bought(server);
  assert.deepEqual(await recovered(server, journal), [], 'while it lives nobody takes it over');
  await kill(child);
  const [purchase, ...more] = await recovered(server, journal);
  assert.ok(purchase && more.length === 0);
  assert.deepEqual(
    [purchase.operation, purchase.params, purchase.outcome, purchase.ids, purchase.reason],
    ['rentnumber.rent', '{"pricing_id":"42"}', 'bought', ['101'], null],
  );
  assert.equal((JSON.parse(purchase.value as string) as { rental_id: string }).rental_id, '101');
  assert.deepEqual(await recovered(server, journal), []);
  assert.equal(await server.purchases('rentnumber'), 1);
  assert.deepEqual(readdirSync(journal), ['claims']);
});

test('what was answered to a process that was then killed is told with its ids', async () => {
  const [server, journal] = [await servers.start(), folder()];
  const child = rents(server.accounts, journal);
  const [id] = (await once(child.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  await kill(child);
  const told = await recovered(server, journal);
  const seen = told.map(({ outcome, ids, value }) => [outcome, ids, value]);
  assert.deepEqual(seen, [['bought', [String(id).trim()], null]]);
});

test('a process that ends by itself, its client never closed, leaves nothing to recover', async () => {
  const [server, journal] = [await servers.start(), folder()];
  const child = rents(server.accounts, journal);
  await once(child.stdout as NodeJS.ReadableStream, 'data');
  const ended = once(child, 'exit');
  child.stdin?.end();
  assert.deepEqual(await ended, [0, null]);
  assert.deepEqual(await recovered(server, journal), []);
});

test('on a full disk nothing is sent, and the file is named', { skip: process.platform === 'win32' }, async () => {
  const [server, journal] = [await servers.start(), folder()];
  // As on a full disk: a write that would go beyond that many blocks of 512 bytes fails.
  const program = `
    import { Trunkline } from 'trunkline';
    const { accounts, journal } = JSON.parse(process.argv[1]);
    const client = new Trunkline({ ...accounts, journal });
    await client.rentnumber.getBalance();
    const { error } = await client.rentnumber.rent({ pricingId: 42 }).then(() => ({}), (error) => ({ error }));
    client.close();
    process.exitCode = error?.kind === 'journal_failed' && error.delivery === 'not_sent' ? 0 : 1;
    process.stderr.write(error?.message ?? 'bought');
  `;
  const options = JSON.stringify({ accounts: server.accounts, journal });
  const limited = 'trap "" XFSZ; ulimit -f 0; exec "$0" --input-type=module --eval "$1" "$2"';
  const child = spawn('/bin/sh', ['-c', limited, process.execPath, program, options], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (data) => (said += data));
  const [code] = (await once(child, 'close')) as [number];
  assert.equal(code, 0, said);
  assert.match(said, /the journal cannot be used: .*\.journal: File too large/);
  assert.equal(await server.purchases('rentnumber'), 0);
  assert.deepEqual(
    readdirSync(journal).map((name) => readFileSync(join(journal, name), 'utf8')),
    [''],
  );
});
