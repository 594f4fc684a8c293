/** The page of `trunkline sandbox --ui` does the whole job, over all accounts at once, for everybody. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator } from 'playwright-core';
import { Demo } from './demo.js';

const ALL_FIVE = ['TempNumber', 'RentNumber', 'Sinch', 'Voepy', 'Vonage'];
const RATES = { rates: 'EUR 1.08, NGN 0.00065', currency: 'USD' };

test('one search finds what all five sell: a bar and a row for each price, cheapest first', async () => {
  const demo = await Demo.open();
  await demo.search();
  const table = demo.page.getByRole('region', { name: 'Offers' }).getByRole('table');
  const count = (await table.getByRole('row').count()) - 1;
  assert.equal(await demo.progress, `5 accounts have answered: ${count} offers.`);
  for (const provider of ALL_FIVE) assert.ok((await demo.offersOf(provider).count()) > 0, provider);
  const scales = await demo.page.locator('figcaption').allTextContents();
  assert.deepEqual(scales, ['EUR', 'NGN', 'USD'].map((currency) => `Charged at once, in ${currency}`));
  const costs = (await bars(demo, 'USD').locator('.cost').allTextContents()).map((text) => Number(text.slice(3)));
  assert.ok(costs.length > 5);
  assert.deepEqual(costs, [...costs].sort((a, b) => a - b));
  await assertLengths(demo, 'USD', costs);
  // Voepy asks 1.00 at the beginning, and 1.50 every month.
  const voepy = (await demo.offersOf('Voepy').first().locator('td.price').textContent()) as string;
  assert.equal(voepy, 'US$2.50then US$1.50 a month');
  assert.deepEqual(demo.complaints, []);
});

function bars(demo: Demo, currency: string): Locator {
  return demo.page.getByRole('list', { name: `in ${currency}` }).locator('li');
}

/** Whether bars are as long as what they stand for, to the pixel. */
async function assertLengths(demo: Demo, currency: string, worth: number[]): Promise<void> {
  const drawn = await bars(demo, currency)
    .locator('.bar')
    .evaluateAll((found) => found.map((bar) => bar.getBoundingClientRect().width));
  const [longest, most] = [Math.max(...drawn), Math.max(...worth)];
  assert.ok(longest > 100, `the longest is ${longest} pixels long`);
  assert.equal(drawn.length, worth.length);
  drawn.forEach((length, at) => {
    const right = Math.max(2, ((worth[at] as number) / most) * longest);
    assert.ok(Math.abs(length - right) < 1, `the bar of ${worth[at]} is ${length} pixels long, and not ${right}`);
  });
}

test('exchange rates put all prices on one scale, and a maximum price is kept across currencies', async () => {
  const demo = await Demo.open();
  await demo.search({ ...RATES, amount: '0.80' });
  assert.deepEqual(await demo.page.locator('figcaption').allTextContents(), ['Charged at once, in USD by your rates']);
  const costs = await demo.page.locator('.bars .cost').allTextContents();
  assert.deepEqual(costs.map((text) => text.replace(/\s/g, ' ')), ['€0.67 ≈ US$0.724', 'NGN 1,200.00 ≈ US$0.78', 'US$0.80']);
  await assertLengths(demo, 'USD', [0.67 * 1.08, 1200 * 0.00065, 0.8]);
  const sold = await demo.offers.locator('td.act button').allTextContents();
  assert.ok(sold.length > 2 && sold.every((text) => text === 'Buy'));
  await demo.shoot('rates');
  await demo.page.getByLabel('Exchange rates').fill('a lot');
  await demo.page.getByRole('button', { name: 'Search all accounts' }).click();
  const notice = demo.page.locator('.notice.bad p.detail');
  assert.equal(await notice.textContent(), '“a lot” is no exchange rate: write EUR 1.08, NGN 0.00065');
});

test('results stand as each account answers, and an account that fails is said beside them', async () => {
  const demo = await Demo.open();
  await demo.control('POST', 'faults', [
    { kind: 'garbage_json', provider: 'voepy' },
    { kind: 'slow', provider: 'vonage', delay_ms: 1500 },
  ]);
  await demo.page.getByRole('button', { name: 'Search all accounts' }).click();
  await demo.page.getByText(/^4 of 5 accounts have answered/).waitFor();
  assert.ok((await demo.offersOf('Sinch').count()) > 0, 'they are there before the last has answered');
  assert.equal(await demo.page.locator('#results').getAttribute('aria-busy'), 'true');
  await demo.page.locator('#results[aria-busy=false]').waitFor();
  assert.match((await demo.progress) as string, /^5 accounts have answered: \d+ offers\. 1 found none/);
  assert.ok((await demo.offersOf('Vonage').count()) > 0);
  assert.match((await demo.failures.allTextContents()).join(), /^Voepy: /);
  await demo.shoot('failure');
});

test('«No offers.» is said only where every account has answered, and none has failed', async () => {
  const demo = await Demo.open();
  // Nobody sells these; RentNumber and TempNumber cannot look for digits.
  await demo.search({ digits: '999999', kind: 'toll_free' });
  assert.ok((await demo.failures.count()) > 0);
  assert.equal(await demo.progress, 'No offers of the accounts that could be searched.');
  await demo.search({ digits: '', kind: '', amount: '0.01', currency: 'USD', rates: RATES.rates });
  assert.equal(await demo.failures.count(), 0, (await demo.failures.allTextContents()).join());
  assert.equal(await demo.progress, 'No offers.');
});

test('a number is bought at two providers, once each, after the price is shown; its messages come in; it is released', async () => {
  const demo = await Demo.open();
  await demo.search();
  await demo.offersOf('TempNumber').first().getByRole('button').click();
  const question = demo.page.getByRole('dialog');
  assert.match((await question.textContent()) as string, /US\$2\.99 at once.*asks for more than that by now is not bought/s);
  await demo.shoot('question', false);
  await demo.confirm('Cancel');
  assert.equal(await demo.purchases('tempnumber'), 0);
  const number = await demo.buy('TempNumber');
  assert.match(number, /^\+\d{8,15}$/);
  await demo.page.getByRole('button', { name: `Send a test SMS to ${number}` }).click();
  await demo.hear(number);
  const code = (await demo.messages.filter({ hasText: number }).locator('.code').textContent()) as string;
  assert.match(code, /^\d{6}$/);
  await demo.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await demo.page.getByRole('button', { name: `Copy ${code}` }).click();
  await demo.notices.getByText(`${code} is copied.`).waitFor();
  assert.equal(await demo.page.evaluate(() => navigator.clipboard.readText()), code);
  const other = await demo.buy('Vonage');
  assert.deepEqual([await demo.purchases('tempnumber'), await demo.purchases('vonage')], [1, 1]);
  const about = (await demo.owned.filter({ hasText: other }).textContent()) as string;
  assert.match(about, /only a gateway can hand them to a page/);
  await demo.page.clock.runFor(5000);
  assert.equal(await demo.messages.count(), 1, 'it comes again when the inbox is begun again, and is shown once');
  await demo.shoot('owned');
  await demo.page.getByRole('button', { name: `Release ${number}` }).click();
  await demo.confirm('Release');
  await demo.owned.filter({ hasText: number }).waitFor({ state: 'detached' });
  assert.equal(await demo.owned.count(), 1);
  assert.equal(await demo.messages.count(), 1, 'what came stays');
  assert.deepEqual(demo.complaints, []);
});

test('a question that follows another at once has an answer of its own', async () => {
  const demo = await Demo.open();
  await demo.search();
  const buy = demo.offersOf('TempNumber').first().getByRole('button');
  await buy.click();
  // The browser tells later that the first was closed.
  await buy.evaluate((button: HTMLElement) => {
    document.querySelector('dialog')?.close();
    button.click();
  });
  await demo.confirm('Buy');
  await demo.bought('TempNumber');
  assert.equal(await demo.purchases('tempnumber'), 1);
});

test('of several offers the first that can be bought is bought, in the order in which they were chosen', async () => {
  const demo = await Demo.open();
  await demo.search();
  const taken = demo.offersOf('Vonage').first();
  await taken.getByRole('checkbox').check();
  await demo.offersOf('TempNumber').first().getByRole('checkbox').check();
  const chosen = (await demo.page.locator('#choice-text').textContent()) as string;
  assert.match(chosen, /1\. \+\d+ of Vonage · 2\. .* of TempNumber$/);
  await taken.getByRole('button').click();
  await demo.confirm('Buy');
  await demo.bought('Vonage');
  await demo.page.getByRole('button', { name: 'Buy the first that can be bought' }).click();
  const asked = (await demo.page.getByRole('dialog').textContent()) as string;
  assert.match(asked, /Buy the first of 2\?.*Vonage: €0\.67 at once, then €0\.67 a month.*TempNumber: US\$2\.99 at once/s);
  await demo.confirm('Buy');
  assert.match(await demo.bought('TempNumber'), /^\+/);
  const told = demo.notices.filter({ hasText: 'of TempNumber is yours' });
  assert.match((await told.textContent()) as string, /Vonage did not sell: /);
  assert.deepEqual([await demo.purchases('vonage'), await demo.purchases('tempnumber')], [1, 1]);
});

test('an error is told in plain words, with its own beside them, and stays until it is closed', async () => {
  const demo = await Demo.open();
  await demo.search();
  await demo.buy('Vonage');
  // Its own offer is still there, and its number is not.
  await demo.offersOf('Vonage').first().getByRole('button').click();
  await demo.confirm('Buy');
  const notice = demo.page.locator('.notice.bad');
  assert.equal(await notice.locator('p').first().textContent(), 'Nothing was bought.');
  assert.match((await notice.locator('p.detail').textContent()) as string, /^trunkline\.buy: nothing was bought: .*\[out_of_stock\]/);
  // What is well goes away by itself after 6 s.
  await demo.page.clock.runFor(6500);
  assert.equal(await demo.notices.count(), 1);
  await notice.getByRole('button', { name: 'Close' }).click();
  assert.equal(await demo.notices.count(), 0);
  assert.equal(await demo.purchases('vonage'), 1);
});
