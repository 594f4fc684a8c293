/** Calls that are given up, or last too long, end at once and leave nothing behind. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cancelled, TimedOut, Trunkline, type ReplyEvent, type TrunklineError, type TransportRequest } from 'trunkline';
import { sandbox } from 'trunkline/sandbox';
import { hosts, web } from './hosts.js';
import { BALANCE, eventually, json, serving, thrown } from './http.js';

const makes = {
  'undici on the addon': (options: object): Trunkline => new Trunkline(options),
  'fetch in WebAssembly': (options: object): Trunkline => new web.Trunkline({ ...options, ...hosts.wasm }),
};

const never = (): Promise<never> => new Promise(() => {});

for (const [name, make] of Object.entries(makes)) {
  test(`an aborted call ends at once and closes its connection: ${name}`, async () => {
    let closed = 0;
    const silent = (request: { socket: { on(event: 'close', then: () => void): unknown } }): unknown => request.socket.on('close', () => (closed += 1));
    await serving(silent, async ({ account, requests }) => {
      const client = make(account);
      const abort = new AbortController();
      const call = thrown<TrunklineError>(client.rentnumber.getBalance({}, { signal: abort.signal }));
      await eventually(() => requests.length === 1);
      const started = performance.now();
      abort.abort(new Error('the user left'));
      const error = await call;
      assert.ok(performance.now() - started < 200);
      assert.equal(error.kind, 'cancelled');
      assert.equal(error.name, 'Cancelled');
      assert.match(String(error.cause), /the user left/);
      await eventually(() => closed === 1);
      client.close();
    });
  });

  test(`a silent server is given up when the time is over: ${name}`, async () => {
    await serving(() => {}, async ({ account }) => {
      const ended: string[] = [];
      const client = make({ ...account, on: { reply: ({ reason }: ReplyEvent) => ended.push(String(reason)) } });
      const started = performance.now();
      const error = await thrown<TrunklineError>(client.rentnumber.getBalance({}, { timeoutMs: 150 }));
      assert.equal(error.kind, 'timed_out');
      assert.ok(performance.now() - started < 1000);
      assert.match(ended.join(), /^lost: no answer before the deadline, 1[45]\d ms$/);
      client.close();
    });
  });
}

test('a signal that has aborted before lets nothing be sent', async () => {
  const requests: TransportRequest[] = [];
  const transport = (request: TransportRequest): Promise<never> => (requests.push(request), never());
  const client = new Trunkline({ rentnumber: {}, transport });
  const error = await thrown(client.rentnumber.listServices({}, { signal: AbortSignal.abort() }));
  assert.ok(error instanceof Cancelled);
  assert.equal(requests.length, 0);
});

test('a purchase that is given up says that it may have been carried out', async () => {
  const abort = new AbortController();
  const transport = ({ method }: TransportRequest): Promise<{ status: number; body: string }> => {
    if (method === 'GET') return Promise.resolve({ status: 200, body: '{"success":true,"data":[]}' });
    setTimeout(() => abort.abort(), 10);
    return never();
  };
  const client = new Trunkline({ rentnumber: { apiKey: 'k', rateLimit: 'none' }, transport });
  const error = await thrown<TrunklineError>(client.rentnumber.rent({ pricingId: 1 }, { signal: abort.signal }));
  assert.deepEqual([error.kind, error.delivery], ['cancelled', 'unknown']);
});

test('a wait is given up while it sleeps', async () => {
  const five = await sandbox();
  const client = five.client();
  const { rentalId } = await client.rentnumber.rent({ pricingId: 42 });
  const started = performance.now();
  const error = await thrown(client.rentnumber.getRental.wait({ rentalId }, { signal: AbortSignal.timeout(50) }));
  assert.ok(error instanceof Cancelled);
  assert.ok(performance.now() - started < 2000);
  const late = await thrown(client.rentnumber.getRental.wait({ rentalId }, { timeoutMs: 30 }));
  assert.ok(late instanceof TimedOut, late.message);
});

test('pages stop being fetched when nobody wants more', async () => {
  let pages = 0;
  const transport = (): { status: number; body: string } => {
    pages += 1;
    const numbers = Array.from({ length: 100 }, (_, index) => ({ country: 'GB', msisdn: `4477009${pages}${index}`, type: 'mobile-lvn' }));
    return { status: 200, body: JSON.stringify({ count: 1000, numbers }) };
  };
  const client = new Trunkline({ vonage: { apiKey: 'a', apiSecret: 'b', rateLimit: 'none' }, transport });
  let seen = 0;
  for await (const { country } of client.vonage.listNumbers.all({ size: 100 })) {
    assert.equal(country, 'GB');
    seen += 1;
    if (seen === 150) break;
  }
  assert.equal(pages, 2);

  const abort = new AbortController();
  const items = client.vonage.listNumbers.all({ size: 100 }, { signal: abort.signal });
  await items.next();
  abort.abort();
  const rest = async (): Promise<void> => {
    for await (const { country } of items) assert.equal(country, 'GB');
  };
  assert.ok((await thrown(rest())) instanceof Cancelled);
});

test('closing ends what is under way, and later calls say so', async () => {
  await serving(() => {}, async ({ account, requests }) => {
    const client = new Trunkline(account);
    const call = thrown(client.rentnumber.getBalance());
    await eventually(() => requests.length === 1);
    client.close();
    assert.ok((await call) instanceof Cancelled);
    for (const late of [client.rentnumber.getBalance(), client.request('rentnumber', 'GET', '/x'), client.vonage.listNumbers.all().next()]) {
      assert.match((await thrown(late)).message, /this client is closed: make another/);
    }
    assert.match((await thrown(new Trunkline(account).rentnumber.getBalance({}, { timeoutMs: 50 }))).message, /timed_out/);
  });
  const unused = new Trunkline();
  unused.close();
  assert.match((await thrown(unused.rentnumber.listServices())).message, /closed/);
});

test('a thousand calls are under way at once', async () => {
  let [now, most] = [0, 0];
  const slowly = (_: unknown, response: Parameters<typeof json>[0]): void => {
    most = Math.max(most, ++now);
    setTimeout(() => {
      now -= 1;
      json(response, BALANCE);
    }, 300);
  };
  await serving(slowly, async ({ account }) => {
    const client = new Trunkline(account);
    const balances = await Promise.all(Array.from({ length: 1000 }, () => client.rentnumber.getBalance()));
    assert.equal(balances.length, 1000);
    assert.ok(balances.every(({ balance }) => Number(balance.amount) === 450));
    assert.ok(most > 500, `only ${most} at once`);
    client.close();
  });
});
