/** What programs write, for compilers that know of Node.js alone or of browsers alone: nothing here is run. */

import {
  InsufficientFunds,
  NotSent,
  Trunkline,
  type Event,
  type Secret,
  type Money,
  type Transport,
  type rentnumber,
} from 'trunkline';
import { gateway, parseEvent, type Gateway, type Policy } from 'trunkline/gateway';
import { sandbox, type Sandbox } from 'trunkline/sandbox';

export async function rent(bytes: Uint8Array, signal: AbortSignal): Promise<string> {
  const transport: Transport = async ({ method }) => {
    if (method === 'PATCH') throw new NotSent('not here');
    return { status: 200, headers: { 'content-type': 'application/json' }, body: '{}' };
  };
  const on = { retry: ({ operation, ms }: { operation: string; ms: number }): unknown => [operation, ms] };
  const client = new Trunkline({ rentnumber: { apiKey: 'rn_1' }, wasm: bytes, transport, on, timeoutMs: 5000 });
  try {
    const rental: rentnumber.Rental = await client.rentnumber.rent({ pricingId: 42 }, { signal });
    const cost: Money = rental.cost;
    return `${cost.amount} ${rental.phoneNumber ?? ''}`;
  } catch (error) {
    if (error instanceof InsufficientFunds) return error.reason;
    throw error;
  } finally {
    client.close();
  }
}

export async function inbox(): Promise<string[]> {
  const five: Sandbox = await sandbox();
  const client: Trunkline = five.client({ timeoutMs: 1000 });
  const numbers: string[] = [];
  for await (const { phoneNumber } of client.vonage.listNumbers.all({ country: 'GB' })) numbers.push(phoneNumber);
  // @ts-expect-error: there is no such provider
  client.nobody;
  return numbers;
}

export async function told(client: Trunkline, body: Uint8Array, secret: Secret): Promise<Event[]> {
  const event: Event | null = await parseEvent('sinch', { headers: { host: 'x' }, body }, { secret });
  // @ts-expect-error: the signature is over the bytes
  await parseEvent('sinch', { headers: [], body: 'text' }, { secret });
  // @ts-expect-error: it is in milliseconds
  await parseEvent('sinch', { headers: [['a', 'b']], body }, { secret, tolerance: 5 });
  const at: Date | null | undefined = event?.occurredAt;
  return event && at ? client.feed(event) : [];
}

export async function mounted(client: Trunkline, token: Secret): Promise<[Gateway, Trunkline]> {
  const policy: Policy = { tokens: [token], operations: ['rentnumber.*'], maxTimeoutMs: 60_000 };
  const handler = gateway(client, policy);
  await handler.ready;
  // @ts-expect-error: operations are required
  gateway(client, { tokens: [token] });
  return [handler, new Trunkline({ gateway: new URL('https://app.example.com/gateway'), token })];
}
