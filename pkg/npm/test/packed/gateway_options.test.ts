/** A client at a gateway is told apart from one with accounts, loads no core, and shows its token to nobody. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import {
  Cancelled,
  InvalidInput,
  Secret,
  Trunkline,
  type TransportRequest,
  type TrunklineError,
  type TrunklineOptions,
} from 'trunkline';
import { addonIsLoaded, print, web } from './hosts.js';
import { eventually, json, serving, thrown } from './http.js';
import { TOKEN } from './server.js';
import { texts } from './secrets.js';

const gateway = 'https://app.example.com/gateway';
const BALANCE = { value: { balance: { amount: '450.00', currency: 'NGN' } } };

test('options that make no sense are refused at once, in one sentence', () => {
  const url = (given: unknown): object => ({ gateway: given, token: TOKEN });
  const wrong: Array<[object, RegExp]> = [
    [{ gateway, token: TOKEN, rentnumber: { apiKey: 'k' } }, /^rentnumber: a client at a gateway has none of its own/],
    [{ gateway, token: TOKEN, accounts: {} }, /^accounts: a client at a gateway/],
    [{ gateway, token: TOKEN, environment: true }, /^environment: a client at a gateway/],
    [{ gateway, token: TOKEN, journal: 'purchases' }, /^journal: a client at a gateway/],
    [{ gateway }, /^token: it must be the gateway's, a string or a Secret of printable/],
    [{ gateway, token: 5 }, /^token: it must be the gateway's/],
    [{ gateway, token: '' }, /^token: it must be the gateway's/],
    [{ gateway, token: `${TOKEN} ` }, /^token: it must be the gateway's, .* without spaces/],
    [{ gateway, token: `${TOKEN}\nx` }, /^token: it must be the gateway's/],
    [{ gateway, token: 'Zoë-Zoë-Zoë-Zoë-Zoë' }, /^token: it must be the gateway's/],
    [{ token: TOKEN }, /^token: it goes with a gateway/],
    [url(5), /^gateway: it must be a whole URL/],
    [url('/gateway'), /^gateway: it must be a whole URL/],
    [url('not a url'), /^gateway: it must be a whole URL/],
    [url('ftp://app.example.com'), /^gateway: it must be https/],
    [url('http://app.example.com'), /^gateway: it must be https, else the token would go in the clear/],
    [url('http://127.evil.example/'), /^gateway: it must be https, else the token would go in the clear/],
    [url('https://user:hunter2@app.example.com'), /^gateway: it must be a URL without user, query or fragment/],
    [url('https://app.example.com/?token=x'), /^gateway: it must be a URL without user/],
  ];
  for (const [options, message] of wrong) {
    for (const make of [Trunkline, web.Trunkline]) {
      assert.throws(
        () => new make(options as TrunklineOptions),
        (error: unknown) => {
          const { message: text, kind, delivery } = error as TrunklineError;
          assert.match(text, message);
          assert.deepEqual([kind, delivery], ['invalid_input', 'not_sent']);
          assert.ok(!text.includes(TOKEN) && !text.includes('hunter2') && !text.includes('Zoë'), text);
          return true;
        },
      );
    }
  }
  for (const good of ['http://localhost:8080', 'http://127.0.0.1/x', 'http://[::1]:1/', new URL(gateway)])
    new Trunkline({ gateway: good, token: new Secret(TOKEN), environment: false, journal: undefined }).close();
});

/** What a client sends, and its answers. */
async function asking(work: (client: Trunkline) => Promise<unknown>): Promise<TransportRequest[]> {
  const sent: TransportRequest[] = [];
  const transport = (request: TransportRequest): { status: number; body: string } => {
    sent.push(request);
    return { status: 200, body: JSON.stringify(BALANCE) };
  };
  await work(new Trunkline({ gateway, token: TOKEN, transport }));
  return sent;
}

test('a request says what was said of the call, and no more', async () => {
  const sent = await asking(async (client) => {
    await client.rentnumber.getBalance();
    await client.rentnumber.rent({ pricingId: 42 }, { account: 'second', timeoutMs: 1500, attempts: 2 });
    await client.rentnumber.getRental.wait({ rentalId: '7' });
    // No line of a stream is a balance.
    await thrown(client.inbox.all().next());
    await client.tempnumber.buyNumber(
      { countryCode: 'US', duration: 'oneMonth' },
      { idempotencyKey: 'k', timeoutMs: 0 },
    );
  });
  const named = sent.map(({ body }) => JSON.parse(new TextDecoder().decode(body)) as { id?: string });
  // Of what spends each has a name of its own, by which the gateway knows it again.
  const [, rent, , , buy] = named.map(({ id }) => id);
  assert.match(`${rent} ${buy}`, /^(\d+\.){15}\d+ (\d+\.){15}\d+$/);
  assert.notEqual(rent, buy);
  const bodies = named.map(({ id: _, ...rest }) => rest);
  assert.deepEqual(bodies, [
    { operation: 'rentnumber.get_balance', mode: 'call', options: { timeout: 30 }, params: {} },
    {
      operation: 'rentnumber.rent',
      mode: 'call',
      options: { account: 'second', timeout: 1.5, attempts: 2 },
      params: { pricing_id: '42' },
    },
    { operation: 'rentnumber.get_rental', mode: 'wait', options: { timeout: 300 }, params: { rental_id: '7' } },
    { operation: 'trunkline.inbox', mode: 'all', options: { timeout: 300 }, params: {} },
    {
      operation: 'tempnumber.buy_number',
      mode: 'call',
      options: { timeout: 0.001, idempotency_key: 'k' },
      params: { country_code: 'US', duration: 'oneMonth' },
    },
  ]);
  for (const { method, url, headers } of sent) {
    assert.deepEqual([method, url], ['POST', gateway]);
    assert.deepEqual(headers, [
      ['authorization', `Bearer ${TOKEN}`],
      ['content-type', 'application/json'],
    ]);
  }
  const [asked] = await asking((client) => thrown(client.rentnumber.getBalance.withResponse()));
  assert.equal((JSON.parse(new TextDecoder().decode(asked?.body)) as { response: boolean }).response, true);
  // The client's own limit is for calls alone.
  const client = new Trunkline({
    gateway,
    token: TOKEN,
    timeoutMs: 7000,
    transport: (request) => (sent.push(request), { status: 200, body: JSON.stringify(BALANCE) }),
  });
  await client.rentnumber.getBalance();
  await client.rentnumber.getRental.wait({ rentalId: '7' });
  const said = sent.slice(-2).map(({ body, timeoutMs }) => {
    const { options } = JSON.parse(new TextDecoder().decode(body)) as { options: { timeout: number } };
    return [options.timeout, timeoutMs];
  });
  assert.deepEqual(said, [
    [7, 9000],
    [300, 302_000],
  ]);
});

test('a list over a transport that knows only whole bodies', async () => {
  const lines = ['{"item":{"country":"GB","phone_number":"+441"}}', '{"end":true}', ''].join('\n');
  const client = new Trunkline({ gateway, token: TOKEN, transport: () => ({ status: 200, body: lines }) });
  const seen: string[] = [];
  for await (const { phoneNumber } of client.vonage.listNumbers.all()) seen.push(phoneNumber);
  assert.deepEqual(seen, ['+441']);
});

test('requests that no operation covers are not for a gateway', async () => {
  const sent = await asking(async (client) => {
    const error = await thrown<TrunklineError>(client.request('vonage', 'GET', '/account/get-balance'));
    assert.deepEqual([error.kind, error.delivery], ['unsupported', 'not_sent']);
    assert.match(error.message, /a gateway runs listed operations, and no other requests/);
  });
  assert.equal(sent.length, 0);
});

test('parameters and options are checked before anything is sent', async () => {
  const sent = await asking(async (client) => {
    const wrong = [
      client.rentnumber.rent({} as { pricingId: string }),
      client.rentnumber.getBalance({}, { attempts: 0 }),
      client.rentnumber.getBalance({}, { timeoutMs: -1 }),
      client.rentnumber.getBalance({}, { signal: {} as AbortSignal }),
    ];
    for (const call of wrong) assert.ok((await thrown(call)) instanceof InvalidInput);
    const aborted = await thrown<TrunklineError>(client.rentnumber.getBalance({}, { signal: AbortSignal.abort() }));
    assert.ok(aborted instanceof Cancelled);
    assert.equal(aborted.delivery, 'not_sent');
  });
  assert.equal(sent.length, 0);
});

for (const [name, make] of Object.entries({ undici: Trunkline, fetched: web.Trunkline })) {
  test(`a call that is given up ends at once, as one that may have been carried out: ${name}`, async () => {
    await serving(
      () => {},
      async ({ url, requests }) => {
        const client = new make({ gateway: url, token: TOKEN });
        const abort = new AbortController();
        const calls = [
          client.rentnumber.rent({ pricingId: 42 }, { signal: abort.signal }),
          client.vonage.listNumbers.all({}, { signal: abort.signal }).next(),
        ];
        const errors = Promise.all(calls.map((call) => thrown<TrunklineError>(call)));
        await eventually(() => requests.length === 2);
        abort.abort(new Error('the user left'));
        for (const error of await errors) {
          assert.deepEqual([error.name, error.delivery], ['Cancelled', 'unknown']);
          assert.match(String(error.cause), /the user left/);
        }
        const under = thrown<TrunklineError>(client.rentnumber.getBalance());
        await eventually(() => requests.length === 3);
        client.close();
        assert.equal((await under).name, 'Cancelled');
        for (const late of [client.rentnumber.getBalance(), client.vonage.listNumbers.all().next()])
          assert.match((await thrown(late)).message, /this client is closed: make another/);
      },
    );
  });

  test(`hooks see the exchange with the gateway, and nothing shows the token: ${name}`, async () => {
    const events: Array<Record<string, unknown>> = [];
    const see = (event: object): unknown => events.push({ ...event });
    await serving(
      (request, response) => (events.length > 2 ? request.socket.destroy() : json(response, BALANCE)),
      async ({ url }) => {
        const client = new make({ gateway: `${url}/gateway`, token: TOKEN, on: { request: see, reply: see } });
        await client.rentnumber.getBalance();
        const error = await thrown<TrunklineError>(client.rentnumber.rent({ pricingId: 42 }));
        const [asked, answered, , lost] = events;
        assert.deepEqual(asked, { operation: 'rentnumber.get_balance', method: 'POST', url: `${url}/gateway` });
        assert.deepEqual([answered?.status, answered?.reason], [200, null]);
        assert.ok(events.length === 4 && lost?.status === null && String(lost.reason).startsWith('lost: '));
        const shown = [client, client.rentnumber, error, error.cause, events].flatMap((value) => texts(value, print));
        assert.equal(inspect(client), '<Trunkline>');
        for (const text of shown) assert.ok(!text.includes(TOKEN) && !text.includes('Bearer'), text);
        client.close();
      },
    );
  });
}

test('neither the addon nor WebAssembly is loaded', async () => {
  const { compile, instantiate } = WebAssembly;
  const refusing = (): never => {
    throw new Error('WebAssembly is loaded');
  };
  // undici parses by a module of its own.
  Object.assign(WebAssembly, { compile: refusing, instantiate: refusing });
  try {
    const transport = (): { status: number; body: string } => ({ status: 200, body: JSON.stringify(BALANCE) });
    for (const make of [Trunkline, web.Trunkline]) {
      const client = new make({ gateway, token: TOKEN, transport });
      assert.equal((await client.rentnumber.getBalance()).balance.amount, '450.00');
    }
  } finally {
    Object.assign(WebAssembly, { compile, instantiate });
  }
  assert.equal(addonIsLoaded(), false);
});
