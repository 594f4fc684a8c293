/** The page of `trunkline sandbox --ui` does the whole job, at each provider, for everybody. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from './accessibility.js';
import { Demo } from './demo.js';

/** What it is called on the page, and whether it has a call that reads messages. */
const PROVIDERS = {
  tempnumber: { title: 'TempNumber', reads: true },
  rentnumber: { title: 'RentNumber', reads: true },
  sinch: { title: 'Sinch', reads: false },
  voepy: { title: 'Voepy', reads: false },
  vonage: { title: 'Vonage', reads: false },
};

/** So that a screenshot is the same each time. */
const STILL = { reducedMotion: 'reduce' } as const;

for (const [provider, { title, reads }] of Object.entries(PROVIDERS)) {
  test(`${title}: offers with prices, a purchase, ${reads ? 'messages as they come, ' : ''}a release`, async () => {
    const demo = await Demo.open(STILL);
    await demo.search(title);
    const row = demo.offers.filter({ has: demo.page.getByRole('button', { name: /^Buy: / }) }).first();
    assert.match((await row.locator('.price').textContent()) as string, /\d/);
    await demo.shoot(`${provider}-offers`);
    await row.getByRole('button').click();
    const number = (await demo.owned.locator('h3').textContent()) as string;
    assert.match(number, /^\+\d{8,15}$/);
    assert.equal(await demo.purchases(provider), 1);
    if (reads) {
      await demo.owned.getByRole('button', { name: 'Send a test SMS' }).click();
      const message = demo.owned.locator('.inbox li').first();
      const text = (await message.textContent()) as string;
      assert.match(text, /Your Acme code is (\d{6})\.?\1$/);
    } else {
      assert.match((await demo.owned.textContent()) as string, new RegExp(`${title} has no call that reads messages`));
    }
    await demo.shoot(`${provider}-owned`);
    // Voepy takes its time to make one ready, and takes none back before.
    await demo.control('POST', 'advance', { ms: 20_000 });
    await demo.owned.getByRole('button', { name: `Release ${number}` }).click();
    await demo.notices.getByText(`${number} is given back.`).waitFor();
    assert.equal(await demo.owned.count(), 0);
    assert.deepEqual(demo.complaints, []);
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong with it, from its first sight to an error: ${colorScheme}`, async () => {
    const demo = await Demo.open({ colorScheme, ...STILL });
    const clean = async (sight: string): Promise<void> => {
      await demo.shoot(`${colorScheme}-${sight}`);
      assert.deepEqual(await violations(demo.page), [], sight);
    };
    await demo.page.getByRole('combobox', { name: 'Service' }).waitFor();
    await clean('first');
    await demo.search('RentNumber');
    await clean('offers');
    await demo.offers.getByRole('button', { name: /^Buy: / }).first().click();
    await demo.owned.getByRole('button', { name: 'Send a test SMS' }).click();
    await demo.owned.locator('.inbox li').waitFor();
    await clean('inbox');
    await demo.control('POST', 'faults', { kind: 'garbage_json', provider: 'rentnumber' });
    await demo.page.getByRole('button', { name: 'Show offers' }).click();
    await demo.page.locator('.notice.bad').waitFor();
    await clean('error');
    assert.deepEqual(demo.complaints, []);
  });
}

test('an error is told in plain words, with its own beside them, and stays until it is closed', async () => {
  const demo = await Demo.open(STILL);
  await demo.search('RentNumber');
  // 5000 in the wallet, and this one costs 1500.
  const buy = demo.page.getByRole('button', { name: /^Buy: United Kingdom/ });
  for (let bought = 0; bought < 3; bought += 1) {
    await buy.click();
    await demo.owned.nth(bought).waitFor();
  }
  await buy.click();
  const notice = demo.page.locator('.notice.bad');
  assert.equal(await notice.locator('p').first().textContent(), 'Nothing was bought.');
  const own = (await notice.locator('p.detail').textContent()) as string;
  assert.match(own, /^rentnumber\.rent: .*[Ii]nsufficient.*\[insufficient_funds/);
  await demo.shoot('error');
  // What is well goes away by itself after 6 s.
  await demo.page.waitForTimeout(6500);
  assert.equal(await demo.notices.count(), 1);
  await notice.getByRole('button', { name: 'Close' }).click();
  assert.equal(await demo.notices.count(), 0);
  assert.equal(await demo.purchases('rentnumber'), 3);
});

test('a purchase whose answer is lost is made once, and shown', async () => {
  const demo = await Demo.open(STILL);
  await demo.search('RentNumber');
  const fault = { kind: 'lost_after_acting', provider: 'rentnumber', operation: 'POST /rent', times: 1 };
  await demo.control('POST', 'faults', fault);
  await demo.offers.getByRole('button', { name: /^Buy: / }).first().click();
  await demo.owned.locator('h3').waitFor({ timeout: 60_000 });
  assert.equal(await demo.purchases('rentnumber'), 1);
});

test('it can be used by the keyboard alone', async () => {
  const demo = await Demo.open(STILL);
  const { keyboard } = demo.page;
  await demo.page.getByRole('combobox', { name: 'Service' }).waitFor();
  const focused = (): Promise<string> =>
    demo.page.evaluate(() => {
      const active = document.activeElement as HTMLElement & { value?: string };
      return active.getAttribute('aria-label') ?? (active.textContent?.trim() || active.value) ?? '';
    });
  /** Goes on until what has the focus is called so. */
  const reach = async (name: RegExp): Promise<string> => {
    for (let presses = 0; presses < 30; presses += 1) {
      await keyboard.press('Tab');
      const reached = await focused();
      if (name.test(reached)) return reached;
    }
    throw new Error(`${name} cannot be reached by Tab`);
  };
  await reach(/^rentnumber$/);
  await keyboard.press('ArrowLeft');
  assert.equal(await focused(), 'tempnumber');
  await demo.page.getByRole('combobox', { name: 'Country' }).waitFor();
  await reach(/^Show offers$/);
  await keyboard.press('Enter');
  await demo.page.locator('#offers[aria-busy=false] table').waitFor();
  await reach(/^Buy: /);
  await demo.shoot('keyboard');
  await keyboard.press('Enter');
  await demo.owned.locator('h3').waitFor();
  await reach(/^Send a test SMS/);
  await keyboard.press('Space');
  await demo.owned.locator('.inbox li').waitFor();
  await reach(/^Release /);
  await keyboard.press('Enter');
  await demo.notices.getByText('is given back').waitFor();
  assert.equal(await focused(), 'Your numbers');
});

test('it fits a telephone', async () => {
  const demo = await Demo.open({ viewport: { width: 360, height: 740 }, ...STILL });
  await demo.search('Vonage');
  await demo.offers.getByRole('button', { name: /^Buy: / }).first().click();
  await demo.owned.locator('h3').waitFor();
  await demo.shoot('telephone');
  const wider = await demo.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wider <= 0, `it is ${wider} pixels too wide`);
});
