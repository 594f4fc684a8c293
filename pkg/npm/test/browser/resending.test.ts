/**
 * What Chromium does by itself when a server closes a connection without an answer: on one that was used before, it sends
 * the request again, a purchase too, and tells nobody. Trunkline cannot forbid it; servers can, by ending connections with
 * each answer to a page, as the gateway does. These tests hold what the README says of it.
 */

import assert from 'node:assert/strict';
import { connect, createServer, type AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { TOKEN } from '../packed/server.js';
import { Servers } from '../packed/servers.js';
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

const servers = new Servers();
after(() => servers.close());

/** Passes on what goes to a server and comes from it, but dies of whatever holds those bytes, once they have been read. */
async function fragile(url: string, bytes: string): Promise<string> {
  const server = createServer((page) => {
    const beyond = connect(Number(new URL(url).port), '127.0.0.1');
    beyond.on('error', () => page.destroy()).on('data', (data) => page.write(data));
    beyond.on('end', () => page.end());
    page.on('error', () => {}).on('data', (data) => {
      beyond.write(data);
      // A purchase takes less, and its answer is not passed on any more.
      if (data.includes(bytes)) setTimeout(() => page.destroy(), 500), beyond.removeAllListeners('data');
    });
    page.on('close', () => beyond.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => server.close());
  return url.replace(/:[0-9]+/, `:${(server.address() as AddressInfo).port}`);
}

test('a purchase whose connection to the gateway is cut is made once, and its end is unknown', async () => {
  const place = await site();
  const sandbox = await servers.start();
  const { options } = await servers.gateway(sandbox, { origins: [new URL(place).origin] });
  const gateway = await fragile(options.gateway, '"rentnumber.rent"');
  const { page } = await open(place);
  const called = [
    { provider: 'rentnumber', operation: 'getBalance' },
    { provider: 'rentnumber', operation: 'rent', params: { pricingId: 42 } },
  ];
  const [look, rented] = await call<[Ended, Ended]>(page, '/tests/calls.js', 'calls', { gateway, token: TOKEN }, called);
  assert.equal(look.error, undefined, look.error?.message);
  assert.deepEqual([rented.error?.kind, rented.error?.delivery], ['purchase_unknown', 'unknown'], rented.error?.message);
  assert.equal(await sandbox.purchases('rentnumber'), 1);
});
