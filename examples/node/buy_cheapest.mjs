/**
 * Searches every account, buys the cheapest number that there is, and gives it up again: `node buy_cheapest.mjs`, with
 * trunkline installed. The accounts are taken from the environment; to try it without one, run `npx trunkline sandbox`,
 * and set what it prints: TRUNKLINE_RENTNUMBER_API_KEY, TRUNKLINE_RENTNUMBER_BASE_URL, and so on.
 */

import { PurchaseUnknown, Trunkline } from 'trunkline';

// Prices are compared within a currency, and by your own rates between them.
const rates = [
  { currency: 'NGN', worth: { amount: '0.00065', currency: 'USD' } },
  { currency: 'EUR', worth: { amount: '1.08', currency: 'USD' } },
];

const client = new Trunkline();
try {
  const found = await client.search({ country: 'US', service: 'whatsapp', capabilities: ['sms'], rates });
  for (const { account, message } of found.failures) console.log(`${account} found nothing: ${message}`);
  if (!found.offers[0]) throw new Error('nothing on offer');
  console.log(`${found.offers.length} offers, the cheapest at ${found.offers[0].account}`);

  // Best first: the next is bought only where the one before it certainly is not.
  const { number, price } = await client.buy({ offers: found.offers.slice(0, 3).map(({ id }) => id) });
  const charged = [price.once, price.recurring].flatMap((money) => (money ? `${money.amount} ${money.currency}` : []));
  console.log(`${number.phoneNumber} is bought for ${charged.join(' and ')}`);

  const { status, refund } = await client.release({ number: number.id });
  console.log(`it is ${status}, and ${refund ? `${refund.amount} ${refund.currency}` : 'nothing'} came back`);
} catch (error) {
  if (!(error instanceof PurchaseUnknown)) throw error;
  console.log(`it may have been bought; look at ${error.candidates}`);
} finally {
  client.close();
}
