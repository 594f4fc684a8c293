/**
 * What Chromium does by itself when a server closes a connection without an answer: on one that was used before, it
 * sends the request again, a purchase too, and tells nobody. Trunkline cannot forbid it; servers can, by ending
 * connections with each answer to a page, as the gateway does. These tests hold what the README says of it.
 */

import assert from 'node:assert/strict';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { after, test } from 'node:test';
import { TOKEN } from '../packed/server.js';
import { Servers } from '../packed/servers.js';
import { call, open } from './chromium.js';
import type { Ended } from './page/calls.js';
import { raw, type Answer } from './raw.js';
import { site } from './site.js';

const LOOK = { provider: 'vonage', operation: 'getBalance' };
const PAY = { provider: 'vonage', operation: 'topUp', params: { trx: '8ef2447e69604f642ae59363aa5f781b' } };

/** A look, then a purchase, of which the server dies. `headers` go with its answers. Gives how often it was sent. */
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

/**
 * Passes on what goes to a server and comes from it, but dies of whatever holds those bytes, once they have been read.
 * One that `keeps` connections to pages hides from them that the server ends its own, as proxies do.
 */
async function fragile(url: string, bytes: string, keeps: boolean): Promise<{ url: string; deaths(): number }> {
  let deaths = 0;
  const server = createServer((page) => {
    let beyond: Socket | undefined;
    const reach = (): Socket => {
      const made = connect(Number(new URL(url).port), '127.0.0.1');
      made.on('error', () => page.destroy());
      const hidden = (data: Buffer): string => data.toString('latin1').replace(/connection: close/i, 'x-hidden: yes');
      made.on('data', (data) => page.write(keeps ? hidden(data) : data, 'latin1'));
      made.on('end', () => (keeps ? (beyond = undefined) : page.end()));
      return made;
    };
    page.on('error', () => {}).on('data', (data) => {
      beyond ??= reach();
      beyond.write(data);
      if (!data.includes(bytes)) return;
      deaths += 1;
      if (deaths === 1) beyond.removeAllListeners('data').on('end', () => page.destroy());
    });
    page.on('close', () => beyond?.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { url: url.replace(/:[0-9]+/, `:${port}`), deaths: () => deaths };
}

for (const [keeps, sent, how] of [
  [false, 1, 'that ends connections'],
  [true, 2, 'through a proxy that keeps them, so that Chromium sends it again'],
] as const) {
  test(`a purchase at a gateway ${how}, whose answer is lost, is made once, and its end is unknown`, async () => {
    const place = await site();
    const sandbox = await servers.start();
    const { options } = await servers.gateway(sandbox, { origins: [new URL(place).origin] });
    const proxy = await fragile(options.gateway, '"rentnumber.rent"', keeps);
    const { page } = await open(place);
    const account = { gateway: proxy.url, token: TOKEN };
    const called = [
      { provider: 'rentnumber', operation: 'getBalance' },
      { provider: 'rentnumber', operation: 'rent', params: { pricingId: 42 } },
    ];
    const [look, rented] = await call<[Ended, Ended]>(page, '/tests/calls.js', 'calls', account, called);
    assert.equal(look.error, undefined, look.error?.message);
    const { kind, delivery, message } = rented.error as NonNullable<Ended['error']>;
    assert.deepEqual([kind, delivery], ['purchase_unknown', 'unknown'], message);
    assert.equal(proxy.deaths(), sent);
    assert.equal(await sandbox.purchases('rentnumber'), 1);
  });
}
