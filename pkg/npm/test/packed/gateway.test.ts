/** A client at a gateway of any kind: results and errors are those of a client at the accounts themselves. */

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import * as node from 'trunkline';
import type { Trunkline, TrunklineError, TrunklineOptions } from 'trunkline';
import { web } from './hosts.js';
import { thrown } from './http.js';
import { JOBS } from './jobs.js';
import { kinds } from './mounts.js';
import { camelCase } from './player.js';
import type { ServedGateway, Server } from './server.js';
import { Servers } from './servers.js';

const servers = new Servers();
const open: ServedGateway[] = [];
after(() => {
  for (const gateway of open) gateway.close();
  servers.close();
});
const makes = {
  undici: (options: TrunklineOptions): Trunkline => new node.Trunkline(options),
  fetched: (options: TrunklineOptions): Trunkline => new web.Trunkline(options),
};
const accounts = (server: Server): Trunkline => new node.Trunkline(server.accounts);

/** What every error has, in a form to compare. */
function facts(error: TrunklineError): Record<string, unknown> {
  return { ...error.toJSON(), name: error.name, string: String(error) };
}

const { undici, fetched } = makes;
const ways = Object.entries(kinds(servers)).flatMap(([kind, start]) => {
  const all = kind === 'trunkline gateway' ? { undici, fetched } : { undici };
  return Object.entries(all).map(([carrier, make]) => ({ name: `${kind}, ${carrier}`, start, make }));
});

const server = await servers.start({ vonage: { auto_reload: true } });

for (const { name, start, make } of ways) {
  const gateway = await start(server);
  open.push(gateway);

  test(`every operation succeeds through a gateway: ${name}`, async () => {
    for (const [operation, job] of Object.entries(JOBS)) {
      const server = await servers.start({ vonage: { auto_reload: true } });
      const { options, close } = await start(server);
      const client = make(options);
      const advance = async (ms: number): Promise<void> => void (await server.control('POST', 'advance', { ms }));
      const params = await job({ client, advance });
      const [provider = '', called = ''] = operation.split('.');
      const namespace = Reflect.get(client, provider) as Record<string, (params: unknown) => Promise<unknown>>;
      await assert.doesNotReject(namespace[camelCase(called)]?.(params) as Promise<unknown>, operation);
      client.close();
      close();
      server.close();
    }
  });

  test(`results, replies and errors are those of a client at the accounts: ${name}`, async () => {
    const [here, there] = [accounts(server), make(gateway.options)];
    const calls = [
      (client: Trunkline) => client.rentnumber.listServices(),
      (client: Trunkline) => client.rentnumber.listPrices({ slug: 'whatsapp' }),
      (client: Trunkline) => client.vonage.searchAvailable({ country: 'GB', size: 10 }),
      (client: Trunkline) => client.tempnumber.getAccount(),
    ];
    for (const call of calls) assert.deepEqual(await call(there), await call(here));
    const [expected, seen] = [
      await here.rentnumber.getBalance.withResponse(),
      await there.rentnumber.getBalance.withResponse(),
    ];
    assert.deepEqual(seen.value, expected.value);
    assert.deepEqual([seen.response.status, seen.response.json()], [200, expected.response.json()]);
    assert.equal(seen.response.header('Content-Type'), expected.response.header('content-type'));
    assert.equal(seen.response.text(), expected.response.text());
    const secret = await there.sinch.getCallbackConfiguration.withResponse();
    const plain = await here.sinch.getCallbackConfiguration.withResponse();
    assert.deepEqual([secret.response.json(), secret.response.text()], [plain.response.json(), plain.response.text()]);
    assert.match(secret.response.text(), /\*\*\*/);
    const failing = [
      (client: Trunkline) => client.rentnumber.getRental({ rentalId: 999 }),
      (client: Trunkline) => client.rentnumber.rent({ pricingId: 999_999 }),
      (client: Trunkline) => client.vonage.buyNumber({ country: 'GB', phoneNumber: '+1' }),
      (client: Trunkline) => client.rentnumber.getRental({} as { rentalId: string }),
    ];
    for (const call of failing) assert.deepEqual(facts(await thrown(call(there))), facts(await thrown(call(here))));
    // What only the core can judge.
    const inside = facts(await thrown(there.vonage.listNumbers({ size: 1000 })));
    assert.deepEqual(inside, facts(await thrown(here.vonage.listNumbers({ size: 1000 }))));
    there.close();
    here.close();
  });

  test(`lists come whole, and waits end: ${name}`, async () => {
    const [here, there] = [accounts(server), make(gateway.options)];
    const all = async (client: Trunkline): Promise<unknown[]> => {
      const items: unknown[] = [];
      for await (const item of client.vonage.searchAvailable.all({ country: 'GB', size: 100 })) items.push(item);
      return items;
    };
    const items = await all(there);
    assert.ok(items.length > 1000, `${items.length}`);
    assert.deepEqual(items, await all(here));

    const { rentalId, phoneNumber } = await there.rentnumber.rent({ pricingId: 42 });
    const late = await thrown<TrunklineError>(there.rentnumber.getRental.wait({ rentalId }, { timeoutMs: 500 }));
    assert.deepEqual([late.kind, late.delivery], ['timed_out', 'refused'], late.message);
    const waiting = there.rentnumber.getRental.wait({ rentalId }, { timeoutMs: 60_000 });
    await server.control('POST', 'messages', {
      provider: 'rentnumber',
      to: phoneNumber,
      from: 'Acme',
      text: 'Your code is 1234',
    });
    assert.equal((await waiting).code, '1234');
    there.close();
    here.close();
  });

  test(`what a gateway refuses says why, of which operation, and that nothing was sent: ${name}`, async () => {
    const policy = { operations: ['rentnumber.*', 'rentnumber.rent'], maxPurchases: 1, accounts: ['rentnumber'] };
    const { options, close } = await start(server, policy);
    const before = await server.purchases('rentnumber');
    const client = make(options);
    await client.rentnumber.rent({ pricingId: 42 });
    const stranger = make({ ...options, token: 'a-token-of-the-gateway-0123456788' });
    const wrong: Array<[() => Promise<unknown>, string, RegExp]> = [
      [
        () => client.vonage.getBalance(),
        'forbidden',
        /^vonage\.get_balance: operation: this gateway does not run it; it runs: rent/,
      ],
      [
        () => client.rentnumber.cancelRental({ rentalId: 1 }),
        'forbidden',
        /^rentnumber\.cancel_rental: operation: this gateway/,
      ],
      [
        () => client.rentnumber.rent({ pricingId: 42 }),
        'rate_limited',
        /purchases: this gateway makes at most 1 in 86400 s/,
      ],
      [
        () => client.rentnumber.getBalance({}, { account: 'vonage' }),
        'forbidden',
        /account: this gateway lets you use: rentnumber/,
      ],
      [
        () => stranger.rentnumber.getBalance(),
        'unauthenticated',
        /authorization: the token is not one of the gateway's/,
      ],
      [() => client.vonage.listNumbers.all().next(), 'forbidden', /operation: this gateway does not run it/],
    ];
    for (const [call, kind, message] of wrong) {
      const error = await thrown<TrunklineError>(call());
      assert.deepEqual([error.kind, error.delivery, error.code, error.attempts], [kind, 'not_sent', 'gateway', 0]);
      assert.match(error.message, message);
      assert.ok(error instanceof (make === undici ? node : web).TrunklineError);
    }
    assert.equal(await server.purchases('rentnumber'), before + 1);
    client.close();
    stranger.close();
    close();
  });
}
