/** A journal in the browser's database: pages that are closed or crash during a purchase, and pages that buy the same. */

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import type { TrunklineOptions } from 'trunkline';
import type { Server } from '../packed/server.js';
import { Servers } from '../packed/servers.js';
import { call, profile } from './chromium.js';
import type { Called, Ended } from './page/calls.js';
import type { Recovered } from './page/recover.js';
import { site } from './site.js';

const servers = new Servers();
after(() => servers.close());

const RENT: Called = { provider: 'rentnumber', operation: 'rent', params: { pricingId: 42 } };
/** The purchase is made, and its answer never comes. */
const LATE = { kind: 'acts_late', operation: 'POST /rent', times: 1, delay_ms: 50, hang: true };
const journal = 'purchases';

async function pageOf(context: BrowserContext, place: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(place);
  return page;
}

async function calls(page: Page, options: TrunklineOptions, called: Called): Promise<Ended> {
  const [ended] = await call<[Ended]>(page, '/tests/calls.js', 'calls', { ...options, journal }, [called]);
  return ended;
}

function recovered(page: Page, server: Server): Promise<Recovered[]> {
  return call(page, '/tests/recover.js', 'recovered', { ...server.accounts, journal });
}

/** As soon as there is something: a browser takes its time to let go of a page's locks. */
async function recoveredOnce(page: Page, server: Server): Promise<Recovered[]> {
  for (const until = performance.now() + 20_000; performance.now() < until; ) {
    const found = await recovered(page, server);
    if (found.length > 0) return found;
  }
  throw new Error('nothing was recovered within 20 s');
}

async function bought(server: Server, provider: string): Promise<void> {
  const until = performance.now() + 20_000;
  while ((await server.purchases(provider)) === 0) {
    assert.ok(performance.now() < until, 'nothing was bought within 20 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const ends: Record<string, (page: Page) => Promise<unknown>> = {
  'is closed': (page) => page.close(),
  crashes: async (page) => {
    const crashed = page.waitForEvent('crash');
    page.goto('chrome://crash').catch(() => {});
    await crashed;
  },
};

for (const [how, end] of Object.entries(ends)) {
  test(`what a page bought that ${how} during the purchase is told once by another, and not bought again`, async () => {
    const [context, place, server] = [await profile(), await site(), await servers.start()];
    await server.control('POST', 'faults', LATE);
    const [buyer, other] = [await pageOf(context, place), await pageOf(context, place)];
    const buying = calls(buyer, server.accounts, RENT).catch((problem: unknown) => String(problem));
    await bought(server, 'rentnumber');
    assert.deepEqual(await recovered(other, server), [], 'while it lives nobody takes it over');
    await end(buyer);
    assert.match(String(await buying), /closed|crashed/);
    const told = { operation: 'rentnumber.rent', outcome: 'bought', ids: ['101'], reason: null };
    assert.deepEqual(await recoveredOnce(other, server), [told]);
    assert.deepEqual(await recovered(other, server), []);
    assert.equal(await server.purchases('rentnumber'), 1);
    await context.close();
  });
}

test('two pages that buy the same number at once: one of them buys it, the other is told that it is taken', async () => {
  const [context, place, server] = [await profile(), await site(), await servers.start()];
  const pages = [await pageOf(context, place), await pageOf(context, place)];
  await Promise.all(pages.map((page) => call(page, '/tests/recover.js', 'watch')));
  for (const [at, phoneNumber] of ['+447700900000', '+447700900001', '+447700900002'].entries()) {
    const buy = { provider: 'vonage', operation: 'buyNumber', params: { country: 'GB', phoneNumber } };
    const ended = await Promise.all(pages.map((page) => calls(page, server.accounts, buy)));
    const errors = ended.flatMap(({ error }) => error ?? []);
    assert.deepEqual(
      errors.map(({ kind, delivery }) => [kind, delivery]),
      [['conflict', 'not_sent']],
      JSON.stringify(ended),
    );
    assert.match(errors[0]?.message ?? '', /another purchase of .* is under way|an earlier purchase has bought/);
    assert.equal(await server.purchases('vonage'), at + 1);
  }
  const noted = await Promise.all(pages.map((page) => call<unknown[]>(page, '/tests/recover.js', 'noted')));
  assert.deepEqual([...new Set(noted.flat())], ['strict']);
  assert.deepEqual(await recovered(pages[0] as Page, server), [], 'what was told to clients that were closed is not told again');
  await context.close();
});

test('where nothing can be written nothing is sent, and the error names the database', async () => {
  const [context, place, server] = [await profile(), await site(), await servers.start()];
  const page = await pageOf(context, place);
  await call(page, '/tests/recover.js', 'fill');
  const { error } = await calls(page, server.accounts, RENT);
  assert.deepEqual([error?.kind, error?.delivery], ['journal_failed', 'not_sent'], error?.message);
  assert.match(error?.message ?? '', /the database trunkline:purchases: QuotaExceededError: there is no room/);
  assert.equal(await server.purchases('rentnumber'), 0);
  await context.close();
});

test('a ledger that cannot be read is named, and nothing is taken over', async () => {
  const [context, place, server] = [await profile(), await site(), await servers.start()];
  await server.control('POST', 'faults', LATE);
  const [buyer, other] = [await pageOf(context, place), await pageOf(context, place)];
  const buying = calls(buyer, server.accounts, RENT).catch((problem: unknown) => problem);
  await bought(server, 'rentnumber');
  assert.equal(await call(other, '/tests/recover.js', 'spoil', 'trunkline:purchases'), 1);
  await buyer.close();
  await buying;
  await assert.rejects(recovered(other, server), /the database trunkline:purchases: the ledger .*: line 1 cannot be read/);
  await context.close();
});
