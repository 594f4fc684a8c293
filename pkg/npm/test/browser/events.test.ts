/** Events in Chromium: a server reads them, a page is handed them as JSON. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseEvent } from 'trunkline/gateway';
import { call, open } from './chromium.js';
import type { Heard } from './page/feed.js';
import { site } from './site.js';

const vonage = { apiKey: 'k', apiSecret: 's' };

/** One part of a long SMS, as Vonage sends it to a server. */
async function part(number: number, text: string): Promise<string> {
  const sent = { messageId: `m-${number}`, to: '447700900000', msisdn: '447700900001', text };
  const concat = { concat: 'true', 'concat-ref': '9', 'concat-total': '2', 'concat-part': String(number) };
  const body = Buffer.from(String(new URLSearchParams({ ...sent, ...concat })));
  return JSON.stringify(await parseEvent('vonage', { headers: {}, body }, { signsNothing: true }));
}

test('who waits in a page has what it is handed: parts are one message, and what came before is dropped', async () => {
  const { page, complaints } = await open(await site());
  const [first, second] = [await part(1, 'Your code is '), await part(2, '482056')];
  const events = [second, second, first, second];
  const heard = await call<Heard>(page, '/tests/feed.js', 'heard', { vonage }, 'vonage:GB:447700900000', events);
  assert.deepEqual(heard, { news: [0, 0, 1, 0], text: 'Your code is 482056', code: '482056' });
  assert.deepEqual(complaints, []);
  await page.close();
});
