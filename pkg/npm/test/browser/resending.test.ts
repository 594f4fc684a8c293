/**
 * What Chromium does by itself when a server closes a connection without an answer: on one that was used before, it sends
 * the request again, a purchase too, and tells nobody. Trunkline cannot forbid it; servers can, by ending connections with
 * each answer to a page. These tests hold what the README says of it.
 */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, open } from './chromium.js';
import type { Ended } from './page/calls.js';
import { raw, type Answer } from './raw.js';
import { site } from './site.js';

const LOOK = { provider: 'vonage', operation: 'getBalance' };
const PAY = { provider: 'vonage', operation: 'topUp', params: { trx: '8ef2447e69604f642ae59363aa5f781b' } };

/** A look, then a purchase, of which the server dies. `headers` go with what it answers. Gives how often it was sent. */
async function purchase(headers: string): Promise<number> {
  const answer: Answer = ({ method }) => (method === 'POST' ? 'death' : { body: '{"value":1.5}' });
  const { url, seen } = await raw(answer, headers);
  const { page } = await open(await site());
  const account = { vonage: { apiKey: 'a', apiSecret: 'b', baseUrl: url } };
  const [look, paid] = await call<[Ended, Ended]>(page, '/tests/calls.js', 'calls', account, [LOOK, PAY]);
  assert.equal(look.error, undefined, look.error?.message);
  assert.deepEqual([paid.error?.kind, paid.error?.delivery], ['purchase_unknown', 'unknown'], paid.error?.message);
  return seen.filter(({ method }) => method === 'POST').length;
}

test('on a connection that was used before, Chromium itself sends a purchase again that got no answer', async () => {
  assert.equal(await purchase(''), 2, 'where it no longer does, the README need no longer warn of it');
});

test('where a server ends its connections, it is sent once', async () => {
  assert.equal(await purchase('connection: close\r\n'), 1);
});
