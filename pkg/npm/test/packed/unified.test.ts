/** All providers as one: the operations that are members of the client, by both cores and through a gateway. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  Forbidden,
  InvalidInput,
  PurchaseUnknown,
  TimedOut,
  Trunkline,
  Unsupported,
  type TrunklineError,
  type unified,
} from 'trunkline';
import { sandbox, type Sandbox } from 'trunkline/sandbox';
import { hosts } from './hosts.js';
import { thrown } from './http.js';
import { mounts } from './mounts.js';
import type { ServedGateway, Server } from './server.js';
import { Servers } from './servers.js';

const ALL_FIVE = ['rentnumber', 'sinch', 'tempnumber', 'voepy', 'vonage'];
const wanted = { country: 'US', service: 'whatsapp' };
const servers = new Servers();
after(() => servers.close());

const accountsOf = (rows: ReadonlyArray<{ account: string }>): string[] => [...new Set(rows.map((it) => it.account))].sort();

function purchases(five: Sandbox, provider: string): number | undefined {
  const { providers } = five.state() as { providers: Record<string, { purchases: number }> };
  return providers[provider]?.purchases;
}

async function offersOf(client: Trunkline, account: string): Promise<unified.Offer[]> {
  return (await client.search({ ...wanted, accounts: [account], limit: 3 })).offers;
}

for (const [host, options] of Object.entries(hosts)) {
  test(`a search finds what all five sell, and gives it as each answers: ${host}`, async () => {
    const client = (await sandbox()).client(options);
    const found = await client.search(wanted);
    assert.deepEqual([accountsOf(found.offers), found.failures], [ALL_FIVE, []]);
    const dollars = found.offers.flatMap(({ price: { once } }) => (once?.currency === 'USD' ? [Number(once.amount)] : []));
    assert.ok(dollars.length > 1);
    assert.deepEqual(
      dollars,
      [...dollars].sort((a, b) => a - b),
    );
    const parts: unified.AccountOffers[] = [];
    for await (const part of client.search.all({ ...wanted, limit: 2 })) parts.push(part);
    assert.deepEqual(parts.map(({ account }) => account).sort(), ALL_FIVE);
    assert.ok(parts.every(({ offers, failure }) => offers.length <= 2 && failure === null));
    client.close();
  });

  test(`a number is found, bought, read and released at each: ${host}`, async () => {
    for (const account of ALL_FIVE) {
      const five = await sandbox();
      const client = five.client(options);
      const offer = (await offersOf(client, account))[0] as unified.Offer;
      assert.ok(Object.keys(offer.native).length > 0);
      const { number: bought, offer: which, passedOver } = await client.buy({ offers: [offer.id] });
      assert.deepEqual([bought.account, which, passedOver], [account, offer.id, []]);
      const number = await client.waitUntilActive({ number: bought.id });
      assert.equal((await client.getNumber({ number: number.id })).phoneNumber, number.phoneNumber);
      const { numbers } = await client.listNumbers({ accounts: [account] });
      assert.ok(numbers.some(({ id }) => id === number.id));
      const { providers } = await client.capabilities();
      if (providers.find(({ provider }) => provider === account)?.operations.includes('messages')) {
        const to = number.phoneNumber as string;
        five.receiveSms(account, { to, from: 'Acme', text: 'Your Acme code is 481516' });
        const [message] = await client.messages({ number: number.id });
        assert.deepEqual([message?.code, message?.account], ['481516', account]);
      } else {
        const error = await thrown<TrunklineError>(client.messages({ number: number.id }));
        assert.ok(error instanceof Unsupported, error.message);
        assert.equal(error.delivery, 'not_sent');
        assert.match(error.message, /what can: TempNumber, RentNumber/);
      }
      const { status } = await client.release({ number: number.id });
      assert.match(status, /^(released|releasing|cancelled|refunded|completed)$/);
      assert.equal(purchases(five, account), 1);
      client.close();
    }
  });
}

test('who fails is told beside what the others have', async () => {
  const five = await sandbox();
  const client = five.client();
  five.addFault({ kind: 'server_error', provider: 'sinch' });
  const { offers, failures } = await client.search(wanted, { attempts: 1 });
  assert.deepEqual(
    failures.map(({ account, kind, operation }) => [account, kind, operation]),
    [['sinch', 'provider_down', 'sinch.search_available']],
  );
  assert.deepEqual(
    accountsOf(offers),
    ALL_FIVE.filter((account) => account !== 'sinch'),
  );
});

test("a provider's own record is as it came: its names are not ours", async () => {
  const client = (await sandbox()).client();
  const [offer] = await offersOf(client, 'rentnumber');
  const prices = await client.rentnumber.listPrices.withResponse({ slug: 'whatsapp' });
  assert.ok(offer && 'final_price' in offer.native && !('finalPrice' in offer.native), JSON.stringify(offer));
  assert.equal(prices.response.status, 200);
});

test('money is a parameter, also in lists of records', async () => {
  const client = (await sandbox()).client();
  const rates = [
    { currency: 'NGN', worth: { amount: '0.00065', currency: 'USD' } },
    { currency: 'EUR', worth: { amount: '1.1', currency: 'USD' } },
  ];
  const accounts = ['rentnumber', 'vonage'];
  // 1200.00 NGN are 0.78 USD, and 0.67 EUR are 0.737 USD.
  for (const [amount, expected] of [
    ['0.73', []],
    ['0.75', ['vonage']],
    ['0.79', ['vonage', 'rentnumber']],
  ] as const) {
    const maxPrice = { amount, currency: 'USD' };
    const { offers, failures } = await client.search({ ...wanted, accounts, rates, maxPrice, limit: 1 });
    assert.deepEqual([offers.map(({ account }) => account), failures], [expected, []]);
  }
});

test('wrong input is said before anything is sent', async () => {
  const client = (await sandbox()).client();
  for (const [wrong, field] of [
    [{ maxPrice: '5 USD' }, 'maxPrice'],
    [{ maxPrice: { amount: 5, currency: 'USD' } }, 'maxPrice'],
    [{ rates: [{ currency: 'NGN', worth: 1 }] }, 'rates[0].worth'],
    [{ rates: [{ currency: 'NGN', worth: { amount: '1', currency: null } }] }, 'rates'],
    [{ country: 'England' }, 'country'],
    [{ digits: { begin: '1' } }, 'digits.begin'],
    [{ accounts: ['nobody'] }, 'account'],
  ] as Array<[object, string]>) {
    const error = await thrown<TrunklineError>(client.search({ ...wanted, ...wrong }));
    assert.ok(error instanceof InvalidInput, error.message);
    assert.deepEqual([error.field, error.delivery, error.operation], [field, 'not_sent', 'trunkline.search']);
  }
});

test('a lost purchase is not made again, nor another in its place', async () => {
  const five = await sandbox();
  const client = five.client();
  const [first, second] = await offersOf(client, 'vonage');
  five.addFault({ kind: 'lost_after_acting', provider: 'vonage', operation: 'POST /number/buy' });
  five.addFault({ kind: 'server_error', provider: 'vonage', operation: 'GET /account/numbers' });
  const offers = [first?.id, second?.id] as string[];
  const error = await thrown<TrunklineError>(client.buy({ offers }, { timeoutMs: 2000 }));
  assert.ok(error instanceof PurchaseUnknown, error.message);
  assert.deepEqual([error.delivery, error.operation, purchases(five, 'vonage')], ['unknown', 'vonage.buy_number', 1]);
});

test('a wait takes the time of one, whatever the client has', async () => {
  const five = await sandbox();
  const [offer] = await offersOf(five.client(), 'vonage');
  const { number } = await five.client().buy({ offers: [offer?.id as string] });
  const hurried = five.client({ timeoutMs: 0 });
  assert.ok((await thrown(hurried.getNumber({ number: number.id }))) instanceof TimedOut);
  assert.equal((await hurried.waitUntilActive({ number: number.id })).status, 'active');
  const { response } = await hurried.waitUntilActive.withResponse({ number: number.id });
  assert.equal(response.status, 0);
  const [offered] = await offersOf(five.client(), 'tempnumber');
  const { number: rented } = await five.client().buy({ offers: [offered?.id as string] });
  five.receiveSms('tempnumber', { to: rented.phoneNumber as string, from: 'Acme', text: 'Your code is 481516' });
  const { value } = (await hurried.inbox.all({ numbers: [rented.id] }).next()) as IteratorYieldResult<unified.InboxItem>;
  assert.equal(value.message?.code, '481516');
});

const operations = ['trunkline.*', 'trunkline.buy', 'trunkline.release'];
const accounts = ['vonage', 'rentnumber'];
const gateways: Record<string, (server: Server) => Promise<ServedGateway>> = {
  'trunkline gateway': (server) => servers.gateway(server, { operations, accounts, max_purchases: 1 }),
  mounted: (server) => mounts.http(server.accounts, { operations, accounts, maxPurchases: 1 }),
};

for (const [kind, start] of Object.entries(gateways)) {
  test(`a gateway runs them on the accounts that it lists: ${kind}`, async () => {
    const server = await servers.start();
    const { options, close } = await start(server);
    const client = new Trunkline(options);
    const parts: string[] = [];
    for await (const { account } of client.search.all(wanted)) parts.push(account);
    assert.deepEqual(parts.sort(), ['rentnumber', 'vonage']);
    const [offer] = (await client.search({ ...wanted, accounts: ['vonage'] })).offers;
    const { number } = await client.buy({ offers: [offer?.id as string] });
    assert.equal((await client.waitUntilActive({ number: number.id })).id, number.id);
    const own = new Trunkline(server.accounts);
    const [other] = await offersOf(own, 'voepy');
    const late = await thrown<TrunklineError>(client.buy({ offers: [other?.id as string] }));
    assert.equal(late.kind, 'rate_limited');
    const quoted = await thrown<TrunklineError>(client.quote({ offer: other?.id as string }));
    assert.match(quoted.message, /account: this gateway uses none of that name/);
    const renewed = await thrown<TrunklineError>(client.renew({ number: number.id }));
    assert.ok(renewed instanceof Forbidden, renewed.message);
    assert.match((await client.release({ number: number.id })).status, /^releas/);
    assert.deepEqual([await server.purchases('vonage'), await server.purchases('voepy')], [1, 0]);
    for (const it of [client, own]) it.close();
    close();
    server.close();
  });
}

test("the README's example buys one number, and releases it", async () => {
  const readme = readFileSync(new URL('../../../../../README.md', import.meta.url), 'utf8');
  const [, section = ''] = readme.split('## All providers as one');
  const example = /```js\n(.*?)```/s.exec(section)?.[1] as string;
  const five = await sandbox();
  const client = five.client();
  const run = new Function('client', `return (async () => { ${example} return number; })()`) as (
    client: Trunkline,
  ) => Promise<unified.Number>;
  const { id, account } = await run(client);
  assert.ok((await client.listNumbers()).numbers.every((number) => number.id !== id));
  assert.equal(purchases(five, account), 1);
});

test('the example buys at whoever is cheapest, and gives the number up', async () => {
  const server = await servers.start();
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-'));
  try {
    const modules = join(folder, 'node_modules');
    mkdirSync(modules);
    symlinkSync(fileURLToPath(new URL('../../node_modules/trunkline', import.meta.url)), join(modules, 'trunkline'));
    const example = new URL('../../../../../examples/node/buy_cheapest.mjs', import.meta.url);
    cpSync(fileURLToPath(example), join(folder, 'buy_cheapest.mjs'));
    const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter}`);
    const variables = Object.entries(server.accounts).flatMap(([provider, settings]) =>
      Object.entries(settings as Record<string, string>).map(([name, value]) => [
        `TRUNKLINE_${provider}_${snake(name)}`.toUpperCase(),
        value,
      ]),
    );
    const env = { ...process.env, ...Object.fromEntries(variables) };
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'buy_cheapest.mjs')], { env });
    const [found, bought, released] = stdout.split('\n') as [string, string, string];
    const cheapest = /^\d+ offers, the cheapest at (\w+)$/.exec(found)?.[1] as string;
    assert.match(bought, /^\+\d+ is bought for 0\.67 EUR$/);
    assert.match(released, /^it is releas\w+, and nothing came back$/);
    assert.equal(await server.purchases(cheapest), 1);
  } finally {
    rmSync(folder, { recursive: true });
    server.close();
  }
});
