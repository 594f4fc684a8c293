/** Purchases are recorded before they are sent; what is not recorded is not sent. */

import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { JournalFailed, NotRecorded, PurchaseUnknown, type TrunklineError } from 'trunkline';
import { sandbox, type Sandbox } from 'trunkline/sandbox';
import { hosts, web } from './hosts.js';
import { thrown } from './http.js';

const BUY = { country: 'GB', phoneNumber: '+447700900000' };
const TOP_UP = { trx: '8ef2447e69604f642ae59363aa5f781b' };

/** A folder that is gone after the tests. */
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'trunkline-journal-'));
  after(() => rmSync(made, { recursive: true }));
  return made;
}

function purchases(five: Sandbox, provider: 'vonage' | 'rentnumber'): number {
  const { providers } = five.state() as { providers: Record<string, { purchases: number }> };
  return (providers[provider] as { purchases: number }).purchases;
}

/** Nothing is bought, and the error says why. */
async function refused(options: object, why: RegExp): Promise<TrunklineError> {
  const five = await sandbox();
  const client = five.client(options);
  const error = await thrown<TrunklineError>(client.vonage.buyNumber(BUY));
  client.close();
  assert.ok(error instanceof JournalFailed, error.stack);
  assert.equal(error.delivery, 'not_sent');
  assert.match(error.message, why);
  assert.equal(purchases(five, 'vonage'), 0);
  return error;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

for (const [host, core] of Object.entries(hosts)) {
  test(`the intent goes before the purchase, its end after it: ${host}`, async () => {
    const lines: string[] = [];
    const client = (await sandbox()).client({ ...core, journal: { record: (line) => void lines.push(line) } });
    await client.vonage.buyNumber(BUY);
    const events = lines.map((line) => Object.keys((JSON.parse(line) as { event: object }).event));
    assert.deepEqual(events, [['intent'], ['bought']]);
    assert.match(lines[0] as string, /vonage\.buy_number/);
    assert.ok(lines.every((line) => !line.includes('\n')));
  });

  test(`without a journal the client itself knows what is open: ${host}`, async () => {
    const five = await sandbox();
    const client = five.client(core);
    assert.deepEqual([await client.openPurchases(), await all(client.recover())], [[], []]);
    five.addFault({ kind: 'lost_before_acting', provider: 'vonage' });
    assert.ok((await thrown(client.vonage.topUp(TOP_UP))) instanceof PurchaseUnknown);
    const [open, ...more] = await client.openPurchases();
    assert.ok(open && more.length === 0);
    const { at, until, intent, account, ...rest } = open;
    assert.match(account, /^vonage@http/);
    assert.deepEqual(rest, {
      operation: 'vonage.top_up',
      params: JSON.stringify(TOP_UP),
      idempotencyKey: null,
      state: 'unknown',
      candidates: [],
    });
    assert.ok(Math.abs(until.getTime() - at.getTime() - 90_000) < 5_000);
    const [looked] = await all(client.recover());
    assert.ok(looked);
    assert.deepEqual([looked.intent, looked.outcome, looked.ids, looked.value], [intent, 'unknown', [], null]);
    assert.equal(typeof looked.reason, 'string');
  });
}

test('it may be asynchronous, and may return anything', async () => {
  const lines: string[] = [];
  for (const record of [(line: string) => void lines.push(line), async (line: string) => void lines.push(line)]) {
    const client = (await sandbox()).client({ journal: { record } });
    await client.vonage.buyNumber(BUY);
  }
  const counting = { record: (line: string) => lines.push(line) as unknown as void };
  await (await sandbox()).client({ journal: counting }).vonage.buyNumber(BUY);
  assert.equal(lines.length, 6);
});

test('what it throws means that nothing is bought, and is quoted only where it says that it may be', async () => {
  const throws = (line: string): never => {
    throw new RangeError(line);
  };
  for (const record of [throws, async (line: string) => throws(line)]) {
    const error = await refused({ journal: { record } }, /the journal cannot be used: the journal threw RangeError \[/);
    assert.ok(!error.message.includes('447700900000'));
  }
  const record = (): never => {
    throw new NotRecorded('no room on /srv');
  };
  await refused({ journal: { record } }, /the journal cannot be used: no room on \/srv \[/);
});

test('a folder has a file for each client, and none of those that were closed with nothing open', async () => {
  const journal = join(folder(), 'made', 'for it');
  const five = await sandbox();
  const [one, other] = [five.client({ journal }), five.client({ journal })];
  await one.vonage.buyNumber(BUY);
  await other.rentnumber.rent({ pricingId: 42 });
  const files = readdirSync(journal).filter((name) => name.endsWith('.journal'));
  assert.equal(files.length, 2);
  const lines = files.map((name) => readFileSync(join(journal, name), 'utf8').split('\n').length - 1);
  assert.deepEqual(lines, [2, 2]);
  one.close();
  other.close();
  assert.deepEqual(readdirSync(journal), ['claims']);
});

test('a file in the place of the folder is named, and nothing is sent', async () => {
  const file = join(folder(), 'purchases');
  writeFileSync(file, 'mine');
  for (const journal of [file, join(file, 'below')]) {
    await refused({ journal }, /^the journal cannot be used: .*purchases.* \[journal_failed\]/);
  }
  assert.equal(readFileSync(file, 'utf8'), 'mine');
});

test('claims with a line that is not as it was written are named, and nothing is sent', async () => {
  const journal = folder();
  const client = (await sandbox()).client({ journal });
  await client.vonage.buyNumber(BUY);
  client.close();
  const claims = join(journal, 'claims');
  const [first = ''] = readFileSync(claims, 'utf8').split('\n');
  writeFileSync(claims, `${first}\n${first.slice(0, -3)}\n${first}\n`);
  await refused({ journal }, /claims: line 2 is not as it was written/);
});

test('a file of another with a broken line in the middle is named, and left alone', async () => {
  const journal = folder();
  const five = await sandbox();
  const client = five.client({ journal });
  await client.vonage.buyNumber(BUY);
  const [name = ''] = readdirSync(journal).filter((file) => file.endsWith('.journal'));
  const text = readFileSync(join(journal, name), 'utf8').replace('vonage.buy_number', 'vonage.sell_number');
  client.close();
  const broken = join(journal, 'gone.journal');
  writeFileSync(broken, text);
  const other = five.client({ journal });
  const error = await thrown<TrunklineError>(all(other.recover()));
  assert.ok(error instanceof JournalFailed, error.stack);
  assert.match(error.message, /gone\.journal: line 1 is not as it was written/);
  other.close();
  assert.equal(readFileSync(broken, 'utf8'), text);
});

test('where there is no addon a folder is refused, and says what to do', async () => {
  const journal = join(folder(), 'none');
  for (const client of [
    (await sandbox()).client({ ...hosts.wasm, journal }),
    new web.Trunkline({ ...hosts.wasm, journal, rentnumber: { apiKey: 'rn_your_key_here' } }),
  ]) {
    const error = await thrown<TrunklineError>(client.rentnumber.rent({ pricingId: 42 }));
    assert.equal(error.kind, 'unsupported', error.stack);
    assert.match(error.message, /needs (the addon|IndexedDB).*record\(line\)/);
    client.close();
  }
  assert.ok(!existsSync(journal));
});
