/** Purchases are recorded before they are sent; what is not recorded is not sent. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JournalFailed, MemoryJournal, type TrunklineError } from 'trunkline';
import { sandbox } from 'trunkline/sandbox';
import { thrown } from './http.js';

test('the intent goes before the purchase, its end after it', async () => {
  const journal = new MemoryJournal();
  const client = (await sandbox()).client({ journal });
  await client.vonage.buyNumber({ country: 'GB', phoneNumber: '+447700900000' });
  assert.equal(journal.lines.length, 2);
  assert.match(journal.lines[0] as string, /vonage\.buy_number/);
  assert.ok(journal.lines.every((line) => !line.includes('\n') && JSON.parse(line)));
});

test('it may be asynchronous, and may return anything', async () => {
  const lines: string[] = [];
  for (const record of [(line: string) => void lines.push(line), async (line: string) => void lines.push(line)]) {
    const client = (await sandbox()).client({ journal: { record } });
    await client.vonage.buyNumber({ country: 'GB', phoneNumber: '+447700900000' });
  }
  const counting = { record: (line: string) => lines.push(line) as unknown as void };
  await (await sandbox()).client({ journal: counting }).vonage.buyNumber({ country: 'GB', phoneNumber: '+447700900000' });
  assert.equal(lines.length, 6);
});

test('what it throws means that nothing is bought, and is not quoted', async () => {
  const throws = (line: string): never => {
    throw new RangeError(line);
  };
  for (const record of [throws, async (line: string) => throws(line)]) {
    const five = await sandbox();
    const client = five.client({ journal: { record } });
    const error = await thrown<TrunklineError>(client.vonage.buyNumber({ country: 'GB', phoneNumber: '+447700900000' }));
    assert.ok(error instanceof JournalFailed, error.message);
    assert.equal(error.delivery, 'not_sent');
    assert.match(error.message, /the journal threw RangeError/);
    assert.ok(!error.message.includes('447700900000'));
    const { providers } = five.state() as { providers: { vonage: { purchases: number } } };
    assert.equal(providers.vonage.purchases, 0);
  }
});
