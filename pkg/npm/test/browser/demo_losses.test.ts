/** On the page too nothing is bought twice, and what was lost is found again. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Demo } from './demo.js';

const LOST = { provider: 'rentnumber', operation: 'POST /rent', times: 1 };

async function until(met: () => Promise<boolean>, what: string): Promise<void> {
  for (const end = performance.now() + 20_000; !(await met()); ) {
    assert.ok(performance.now() < end, `${what}: not within 20 s`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function rent(demo: Demo): Promise<void> {
  await demo.search();
  await demo.offersOf('RentNumber').first().getByRole('button').click();
  await demo.confirm('Buy');
}

/** As if so much time had passed in the page, bit by bit. */
async function pass(demo: Demo, met: () => Promise<boolean>, what: string): Promise<void> {
  await until(async () => {
    await demo.page.clock.runFor(500);
    return met();
  }, what);
}

test('a purchase of which the page was reloaded before its answer came is recovered, once, and not bought again', async () => {
  const demo = await Demo.open();
  await demo.control('POST', 'faults', { kind: 'acts_late', ...LOST, delay_ms: 50, hang: true });
  await rent(demo);
  await until(async () => (await demo.purchases('rentnumber')) === 1, 'the purchase');
  await demo.page.reload();
  await demo.ready();
  const recovered = demo.page.locator('#recovered li');
  // A browser takes its time to let go of a page's locks.
  await until(async () => {
    await demo.page.getByRole('button', { name: 'Recover' }).click();
    await pass(demo, () => demo.page.locator('#recover').isEnabled(), 'the end of recovery');
    return (await recovered.count()) > 0;
  }, 'what was lost');
  assert.match((await recovered.textContent()) as string, /^RentNumber: what was begun at .* was bought101$/);
  assert.match((await demo.owned.textContent()) as string, /^\+\d+RentNumber · .* · id 101/);
  await demo.shoot('recovered');
  await demo.page.getByRole('button', { name: 'Recover' }).click();
  await demo.notices.getByText('There is nothing to recover.').first().waitFor();
  assert.equal(await demo.purchases('rentnumber'), 1);
});

test('a purchase whose answer is lost is made once, and shown', async () => {
  const demo = await Demo.open();
  await demo.control('POST', 'faults', { kind: 'lost_after_acting', ...LOST });
  await rent(demo);
  await pass(demo, async () => (await demo.owned.count()) === 1, 'the number');
  assert.equal(await demo.purchases('rentnumber'), 1);
});

test('where nobody can tell, what it may have been is said, and that Recover looks again', async () => {
  const demo = await Demo.open();
  await demo.control('POST', 'faults', { kind: 'lost_before_acting', ...LOST });
  const sent = demo.page.waitForRequest((request) => request.url().endsWith('/rent') && request.method() === 'POST');
  await rent(demo);
  await (await sent).response().catch(() => null);
  // Meanwhile somebody else with this account rents the same, twice.
  const { TRUNKLINE_RENTNUMBER_BASE_URL: url, TRUNKLINE_RENTNUMBER_API_KEY: key } = demo.environment;
  for (let rented = 0; rented < 2; rented += 1) {
    const body = new URLSearchParams({ pricing_id: '43' });
    const reply = await fetch(`${url}/rent`, { method: 'POST', headers: { 'x-api-key': `${key}` }, body });
    assert.ok(reply.ok, await reply.text());
  }
  const notice = demo.page.locator('.notice.bad');
  await pass(demo, async () => (await notice.count()) > 0, 'an end');
  const told = (await notice.textContent()) as string;
  assert.match(told, /^Nobody knows yet whether it was bought\.It may be one of these: 10[12], 10[12]\..*“Recover”/);
  const open = demo.page.locator('#open li');
  assert.match((await open.textContent()) as string, /^RentNumber: it was looked for.*it may be 10[12] or 10[12]\.$/);
  // They are among the numbers, so that one can look.
  for (const id of ['101', '102']) await demo.owned.filter({ hasText: `id ${id}` }).waitFor();
  await demo.shoot('unknown');
});
