/** The transport of browsers carries everything as it is, and says no more than is certain. */

import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { call, open } from './chromium.js';
import type { Called, Ended } from './page/calls.js';
import { raw, type Answer, type Seen } from './raw.js';
import { site } from './site.js';

const LOOK = { provider: 'rentnumber', operation: 'getBalance', options: { attempts: 1, timeoutMs: 5000 } };
const BALANCE = { body: '{"success":true,"balance":450}' };

async function ending(url: string, called: Called = LOOK, settings: object = {}): Promise<Ended> {
  const { page } = await open(await site());
  const account = { rentnumber: { apiKey: 'Zoë', baseUrl: url, rateLimit: 'none', ...settings } };
  const [ended] = await call<[Ended]>(page, '/tests/calls.js', 'calls', account, [called]);
  return ended;
}

async function answered(answer: Answer, settings: object = {}): Promise<{ ended: Ended; seen: Seen[] }> {
  const { url, seen } = await raw(answer);
  return { ended: await ending(url, LOOK, settings), seen };
}

async function refusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('what certainly never left is unknown all the same, for the browser does not say so', async () => {
  for (const url of [`http://127.0.0.1:${await refusedPort()}`, 'https://nowhere.invalid']) {
    const { error } = await ending(url);
    assert.deepEqual([error?.kind, error?.delivery], ['unreachable', 'unknown'], error?.message);
    assert.ok(!error?.message.includes('://'), error?.message);
  }
});

test('what a server does not allow this page to read is unknown', async () => {
  const { error } = await ending(await site({ '/balance': BALANCE.body }));
  assert.deepEqual([error?.kind, error?.delivery], ['unreachable', 'unknown'], error?.message);
});

test('no redirect is followed', async () => {
  const { ended, seen } = await answered(() => ({ status: 302, headers: 'location: /elsewhere\r\n' }));
  assert.match(ended.error?.message ?? '', /redirected, and the browser does not say how or where to/);
  assert.deepEqual(seen.map(({ path }) => path), ['/balance']);
});

test('headers reach the wire as they are, without cookies and without the address of the page', async () => {
  const { ended, seen } = await answered(() => BALANCE);
  assert.equal(ended.error, undefined, ended.error?.message);
  const [{ headers }] = seen as [Seen];
  assert.equal(Buffer.from(headers['x-api-key'] as string, 'latin1').toString(), 'Zoë');
  assert.deepEqual([headers.cookie, headers.referer], [undefined, undefined]);
});

test('a body that is too long is refused', async () => {
  const { ended } = await answered(() => ({ body: ' '.repeat(200_000) }), { bodyLimit: 100_000 });
  assert.equal(ended.error?.kind, 'malformed', ended.error?.message);
});

test('a server that keeps silent is given up at the deadline', async () => {
  const { url } = await raw(() => 'silence');
  const { error } = await ending(url, { ...LOOK, options: { attempts: 1, timeoutMs: 300 } });
  assert.deepEqual([error?.kind, error?.delivery], ['timed_out', 'unknown'], error?.message);
});
