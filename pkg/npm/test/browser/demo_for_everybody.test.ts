/** The page is for everybody: by the keyboard alone, by ear, in the dark, and on a telephone. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violations } from './accessibility.js';
import { Demo } from './demo.js';

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong with it, from its first sight to an error: ${colorScheme}`, async () => {
    const demo = await Demo.open({ colorScheme });
    const clean = async (sight: string, fullPage = true): Promise<void> => {
      await demo.shoot(`${colorScheme}-${sight}`, fullPage);
      assert.deepEqual(await violations(demo.page), [], sight);
    };
    await demo.page.getByText('Use a gateway').click();
    await clean('first');
    await demo.page.getByText('Use a gateway').click();
    await demo.control('POST', 'faults', { kind: 'garbage_json', provider: 'sinch' });
    await demo.search();
    await demo.offers.first().getByRole('checkbox').check();
    await clean('offers');
    await demo.offersOf('TempNumber').first().getByRole('button').click();
    await clean('question', false);
    await demo.confirm('Buy');
    const number = await demo.bought('TempNumber');
    await demo.page.getByRole('button', { name: `Send a test SMS to ${number}` }).click();
    await demo.hear(number);
    await clean('inbox');
    await demo.control('POST', 'faults', { kind: 'garbage_json', provider: 'tempnumber' });
    await demo.page.getByRole('button', { name: `Release ${number}` }).click();
    await demo.confirm('Release');
    await demo.page.locator('.notice.bad').waitFor();
    await clean('error', false);
    assert.deepEqual(demo.complaints, []);
  });
}

test('it can be used by the keyboard alone', async () => {
  const demo = await Demo.open();
  const { keyboard } = demo.page;
  const focused = (): Promise<string> =>
    demo.page.evaluate(() => {
      const active = document.activeElement as HTMLInputElement;
      return active.getAttribute('aria-label') ?? (active.labels?.[0]?.textContent?.trim() || active.textContent) ?? '';
    });
  /** Goes on until what has the focus is called so. */
  const reach = async (name: RegExp): Promise<void> => {
    for (let presses = 0; presses < 200; presses += 1) {
      await keyboard.press('Tab');
      if (name.test(await focused())) return;
    }
    throw new Error(`${name} cannot be reached by Tab`);
  };
  await reach(/^Kind/);
  await keyboard.press('ArrowDown');
  assert.equal(await demo.page.locator('[name=kind]').inputValue(), 'mobile');
  await reach(/^Search all accounts$/);
  await keyboard.press('Enter');
  await demo.page.locator('#results[aria-busy=false] table').waitFor();
  await reach(/^Choose any US number of TempNumber/);
  await keyboard.press('Space');
  await reach(/^Buy the first/);
  await keyboard.press('Enter');
  await demo.page.getByRole('dialog').waitFor();
  assert.equal(await focused(), 'Buy');
  await demo.shoot('keyboard', false);
  await keyboard.press('Escape');
  assert.equal(await demo.purchases('tempnumber'), 0);
  assert.match(await focused(), /^Buy the first/);
  await keyboard.press('Enter');
  await keyboard.press('Enter');
  const number = await demo.bought('TempNumber');
  await reach(/^Send a test SMS/);
  await keyboard.press('Space');
  await demo.hear(number);
  await reach(/^Release /);
  await keyboard.press('Enter');
  await keyboard.press('Enter');
  await demo.notices.getByText('is given back').waitFor();
  await demo.page.waitForFunction(() => document.activeElement?.id === 'owned-title');
});

test('it fits a telephone', async () => {
  const demo = await Demo.open({ viewport: { width: 360, height: 740 } });
  await demo.search();
  await demo.buy('Vonage');
  await demo.shoot('telephone');
  const beyond = await demo.page.evaluate(() =>
    [...document.querySelectorAll('main *')].filter((it) => it.getBoundingClientRect().right > innerWidth + 1).length,
  );
  assert.equal(beyond, 0, `${beyond} elements are beyond its edge`);
});
