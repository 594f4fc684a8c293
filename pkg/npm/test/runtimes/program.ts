/** What is done in every runtime; nothing here is of one alone. What it prints is looked through for secrets. */

import { Trunkline, type TrunklineError, type TrunklineOptions } from 'trunkline';

/** Where the servers are. */
export interface Job {
  /** At the sandbox, where the answer to a purchase is lost. */
  accounts: TrunklineOptions;
  /** At one that sends everybody elsewhere. */
  redirecting: TrunklineOptions;
  /** At one that never answers. */
  silent: TrunklineOptions;
}

/** What came of it. */
export interface Done {
  phoneNumber: string | null;
  /** Kinds of errors. */
  redirected: string;
  unanswered: string;
  /** Milliseconds until that one. */
  waited: number;
}

async function thrown(call: Promise<unknown>): Promise<TrunklineError> {
  return call.then(
    (value) => Promise.reject(new Error(`it gave ${JSON.stringify(value)}`)),
    (error: TrunklineError) => error,
  );
}

export async function work({ accounts, redirecting, silent }: Job, options: TrunklineOptions): Promise<Done> {
  const client = new Trunkline({ ...accounts, ...options });
  const { phoneNumber } = await client.rentnumber.rent({ pricingId: 42 });
  const missing = await thrown(client.rentnumber.getRental({ rentalId: '999999' }));
  const elsewhere = new Trunkline({ ...redirecting, ...options });
  const redirected = await thrown(elsewhere.rentnumber.getBalance({}, { attempts: 1 }));
  const nowhere = new Trunkline({ ...silent, ...options });
  const started = performance.now();
  const unanswered = await thrown(nowhere.rentnumber.getBalance({}, { timeoutMs: 300 }));
  const waited = performance.now() - started;
  for (const each of [client, elsewhere, nowhere]) each.close();
  console.log(client, missing, redirected, unanswered);
  console.log(JSON.stringify([client, missing, redirected, unanswered, missing.response, redirected.response]));
  console.log(String(missing), missing.response?.text());
  return { phoneNumber, redirected: redirected.kind, unanswered: unanswered.kind, waited };
}
