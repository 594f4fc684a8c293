/** The page at a gateway: the same job with accounts whose keys it has not, and messages that providers push. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Demo } from './demo.js';

const ALL = ['trunkline.*', 'trunkline.buy', 'trunkline.release', 'trunkline.configure'];

test('through a gateway numbers are found, bought at two, heard as messages come, and released', async () => {
  const demo = await Demo.open();
  const gateway = await demo.connectToGateway(ALL);
  await demo.search();
  assert.match((await demo.progress) as string, /^5 accounts have answered/);
  const [vonage] = [await demo.buy('Vonage'), await demo.buy('TempNumber')];
  assert.deepEqual([await demo.purchases('vonage'), await demo.purchases('tempnumber')], [1, 1]);
  await demo.page.getByRole('button', { name: `Send its messages here: ${vonage}` }).click();
  await demo.notices.getByText(`Messages to ${vonage} go to the gateway.`).waitFor();
  const { providers } = (await demo.control('GET', 'state')) as { providers: { vonage: object } };
  assert.ok(JSON.stringify(providers.vonage).includes(`${gateway.replace(/\/$/, '')}/events/vonage`));
  const message = { provider: 'vonage', to: vonage, from: '447700900999', text: 'Your Acme code is 481516' };
  await demo.control('POST', 'messages', message);
  assert.equal(await demo.messages.locator('.code').textContent(), '481516');
  assert.match((await demo.messages.textContent()) as string, new RegExp(`to \\${vonage} · Vonage`));
  assert.match((await demo.page.locator('#open-text').textContent()) as string, /^The gateway has the journal/);
  assert.equal(await demo.page.getByRole('button', { name: 'Recover' }).count(), 0);
  await demo.shoot('gateway');
  await demo.page.getByRole('button', { name: `Release ${vonage}` }).click();
  await demo.confirm('Release');
  await demo.owned.filter({ hasText: vonage }).waitFor({ state: 'detached' });
  assert.deepEqual(demo.complaints, []);
});

test('what the gateway does not allow is said, and nothing is bought', async () => {
  const demo = await Demo.open();
  await demo.connectToGateway(['trunkline.*']);
  await demo.search();
  await demo.offersOf('Vonage').first().getByRole('button').click();
  await demo.confirm('Buy');
  const notice = demo.page.locator('.notice.bad');
  assert.match((await notice.textContent()) as string, /^Nothing was bought\..*trunkline\.buy.*\[forbidden/);
  assert.equal(await demo.purchases('vonage'), 0);
});

test('a gateway that does not let the page in is said, and the accounts stay those they were', async () => {
  const demo = await Demo.open();
  await demo.connectToGateway(ALL);
  await demo.page.getByText('Use a gateway').click();
  await demo.page.getByLabel('Token').fill('another-token-than-the-one');
  await demo.page.getByRole('button', { name: 'Connect' }).click();
  const notice = demo.page.locator('.notice.bad');
  assert.match((await notice.textContent()) as string, /^The gateway cannot be used\..*\[unauthenticated/);
  await demo.search();
  assert.ok((await demo.offers.count()) > 0);
});
