/** What programs write, as far as the compiler looks at it: nothing here is run. */

import { test } from 'node:test';
import type { Providers, rentnumber, vonage } from '../src/generated/index.js';
import type { Accounts, NamedAccount } from '../src/generated/settings.js';
import type { Answer, Money, Page, Secret } from '../src/types.js';

test('programs compile', () => {});

export async function calls(client: Providers): Promise<void> {
  const rental: rentnumber.Rental = await client.rentnumber.rent({ pricingId: 42 });
  const { rentalId } = rental;
  const options = { timeoutMs: 1000, signal: AbortSignal.timeout(1000) };
  const settled = await client.rentnumber.getRental.wait({ rentalId }, options);
  const code: string = settled.code ?? 'none yet';
  const expires: number | undefined = settled.expiresAt?.getTime();
  const cost: Money = settled.cost;

  const page: Page<vonage.OwnedNumber> = await client.vonage.listNumbers();
  for await (const number of client.vonage.listNumbers.all({ country: 'GB' })) console.log(number.phoneNumber);
  const answer: Answer<vonage.Balance> = await client.vonage.getBalance.withResponse({}, { account: 'second' });

  await client.tempnumber.buyNumber({ countryCode: 'gb', duration: 'oneMonth' }, { idempotencyKey: 'mine' });
  await client.sinch.updateNumber({ phoneNumber: '+447700900000', displayName: null });
  const secret: Secret | null = (await client.sinch.getCallbackConfiguration()).hmacSecret;
  await client.voepy.uploadPortingDocument({ files: [{ fileName: 'loa.pdf', content: Buffer.from('…') }] });
  console.log(code, expires, cost, page, answer, secret);
}

export function words(status: rentnumber.RentalStatus, pattern: vonage.SearchPattern): void {
  // Words that a provider may add to take others, those of ours do not.
  const later: rentnumber.RentalStatus = 'a word of next year';
  const known: 'starts_with' | 'anywhere' | 'ends_with' = pattern;
  if (status === 'received') console.log(later, known);
}

export async function refusedByTheCompiler(client: Providers): Promise<void> {
  // @ts-expect-error: a parameter is missing
  await client.rentnumber.rent({});
  // @ts-expect-error: all of them are
  await client.rentnumber.rent();
  // @ts-expect-error: no such parameter
  await client.rentnumber.rent({ pricingId: 42, price: 1 });
  // @ts-expect-error: RentNumber takes no idempotency keys, and would ignore it
  await client.rentnumber.rent({ pricingId: 42 }, { idempotencyKey: 'mine' });
  // @ts-expect-error: there is nothing to wait for
  client.rentnumber.rent.wait;
  // @ts-expect-error: it has no pages
  client.rentnumber.listPrices.all;
  // @ts-expect-error: options come after parameters, also where there are none
  await client.rentnumber.getBalance({ timeoutMs: 1000 });
  // @ts-expect-error: nothing can be taken away there
  await client.vonage.listNumbers({ country: null });
  // @ts-expect-error: an amount is no number
  const cost: number = (await client.rentnumber.rent({ pricingId: 42 })).cost.amount;
  // @ts-expect-error: not a word of ours
  await client.vonage.listNumbers({ searchPattern: 'somewhere' });
  console.log(cost);
}

export const accounts: Accounts = {
  rentnumber: { apiKey: 'rn_1' },
  sinch: { projectId: 'p', keyId: 'k', keySecret: 's', version: 'v1alpha1' },
  voepy: { apiKey: 'x', baseUrl: 'https://example.com' },
  // @ts-expect-error: a secret is missing
  vonage: { apiKey: 'x' },
};

export const named: NamedAccount[] = [
  { provider: 'vonage', apiKey: 'x', apiSecret: 'y' },
  // @ts-expect-error: Voepy does not document its host
  { provider: 'voepy', apiKey: 'x' },
];
