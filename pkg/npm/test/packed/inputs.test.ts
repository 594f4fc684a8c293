/** Whatever plain JavaScript passes, the error says what is wrong with it, and nothing is sent. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidInput, Trunkline, TrunklineError, type Transport, type TrunklineOptions } from 'trunkline';
import { sandbox } from 'trunkline/sandbox';
import { thrown } from './http.js';

let sent = 0;
const transport: Transport = () => {
  sent += 1;
  return { status: 200, body: '{"success":true,"balance":450}' };
};

/** As plain JavaScript sees it. */
function loosely(
  options: object = { rentnumber: { apiKey: 'k' } },
): Record<string, Record<string, (...given: unknown[]) => Promise<unknown>>> {
  return new Trunkline({ transport, ...options } as TrunklineOptions) as never;
}

async function call(...given: unknown[]): Promise<InvalidInput> {
  const error = await thrown(loosely().rentnumber?.rent?.(...given) as Promise<unknown>);
  assert.ok(error instanceof InvalidInput, String(error));
  assert.deepEqual([error.delivery, error.attempts], ['not_sent', 0]);
  return error;
}

test('parameters', async () => {
  const wrong: Array<[unknown, RegExp]> = [
    [undefined, /pricingId: it is required/],
    [null, /pricingId: it is required/],
    ['42', /it must be an object, and is a string/],
    [{ pricingId: {} }, /pricingId: it must be an id, .* and is Object/],
    [{ pricing_id: 42 }, /pricing_id: there is no such field; there are: pricingId/],
  ];
  for (const [params, message] of wrong) assert.match((await call(params)).message, message);
  assert.equal((await call({})).field, 'pricingId');
  const none = await thrown(loosely().rentnumber?.getBalance?.({ timeoutMs: 5 }) as Promise<unknown>);
  assert.match(none.message, /it takes no parameters, and options come after them/);
});

test('options of a call', async () => {
  const wrong: Array<[unknown, RegExp]> = [
    [5, /options: it must be an object, and is the number 5/],
    [
      { timeout: 5 },
      /timeout: there is no such option; there are: account, timeoutMs, attempts, signal, idempotencyKey/,
    ],
    [{ timeoutMs: '5' }, /timeoutMs: it must be milliseconds, 0 or more, and is a string/],
    [{ timeoutMs: NaN }, /timeoutMs: .* and is the number NaN/],
    [{ timeoutMs: -1 }, /timeoutMs: .* and is the number -1/],
    [{ timeoutMs: Infinity }, /timeoutMs: .* and is the number Infinity/],
    [{ attempts: 0 }, /attempts: it must be a whole number, 1 or more/],
    [{ attempts: 1.5 }, /attempts: it must be a whole number/],
    [{ account: 7 }, /account: it must be a string/],
    [{ account: 'other' }, /no account "other" at rentnumber/],
    [{ signal: {} }, /signal: it must be an AbortSignal, and is Object/],
    [{ idempotencyKey: 7 }, /idempotencyKey: it must be a string/],
  ];
  for (const [options, message] of wrong) assert.match((await call({ pricingId: 42 }, options)).message, message);
});

test('options of a client, at once', () => {
  const wrong: Array<[unknown, RegExp]> = [
    [null, /options must be an object, not null/],
    [{ rentNumber: {} }, /there is no option rentNumber; there are: .*rentnumber/],
    [{ rentnumber: 'key' }, /rentnumber: it must be an object, and is a string/],
    [{ rentnumber: { key: 'k' } }, /rentnumber\.key: there is no such field; there are: apiKey/],
    [{ vonage: { apiKey: 'k' } }, /vonage\.apiSecret: it is required/],
    [{ accounts: 'x' }, /accounts: it must be an object/],
    [{ accounts: { second: { apiKey: 'k' } } }, /accounts\.second\.provider: it must be one of tempnumber, rentnumber/],
    [
      { accounts: { second: { provider: 'vonage', apiKey: 5, apiSecret: 's' } } },
      /accounts\.second\.apiKey: it must be a string/,
    ],
    [{ timeoutMs: 'x' }, /timeoutMs: it must be milliseconds/],
    [{ transport: {} }, /transport must be a function or have a method send\(request\), and is Object/],
    [{ journal: {} }, /journal must be a string or have a method record\(line\)/],
  ];
  for (const [options, message] of wrong) {
    assert.throws(
      () => new Trunkline(options as TrunklineOptions),
      (error: unknown) => {
        assert.ok(error instanceof TrunklineError, String(error));
        assert.match(error.message, message);
        return true;
      },
    );
  }
});

test('settings that only the core can judge, with the first call', async () => {
  const wrong: Array<[object, RegExp]> = [
    [{ rentnumber: { apiKey: 'k', baseUrl: 'http://example.com' } }, /base_url/],
    [{ rentnumber: { apiKey: 'k', rateLimit: 'often' } }, /rate_limit/],
    [{ sinch: { projectId: '', keyId: 'k', keySecret: 's' } }, /project_id/],
  ];
  for (const [options, message] of wrong) {
    const error = await thrown(loosely(options).vonage?.getBalance?.() as Promise<unknown>);
    assert.ok(error instanceof InvalidInput, String(error));
    assert.match(error.message, message);
  }
});

test('requests that no operation covers', async () => {
  const client = new Trunkline({ rentnumber: { apiKey: 'k' }, transport }) as unknown as {
    request(...given: unknown[]): Promise<unknown>;
  };
  const wrong: Array<[unknown[], RegExp]> = [
    [['nobody', 'GET', '/x'], /nobody/],
    [['rentnumber', 'FETCH', '/x'], /method: it is one of GET, POST, PUT, PATCH, DELETE/],
    [['rentnumber', 'GET', '/../x'], /path/],
    [['rentnumber', 'POST', '/x', { json: {}, body: 'x' }], /give json or body, not both/],
    [['rentnumber', 'POST', '/x', { body: 'x' }], /contentType: a body needs it/],
    [['rentnumber', 'POST', '/x', { body: 5, contentType: 'text/plain' }], /it must be a Uint8Array or a string/],
    [['rentnumber', 'GET', '/x', { query: 'q=1' }], /query: it must be an object/],
    [['rentnumber', 'GET', '/x', { headers: {} }], /headers: there is no such option/],
  ];
  for (const [given, message] of wrong) {
    const error = await thrown(client.request(...given));
    assert.ok(error instanceof TrunklineError, `${String(given)}: ${String(error)}`);
    assert.match(error.message, message);
  }
});

test('nothing was sent for any of it', () => {
  assert.equal(sent, 0);
});

test('the environment is read where no account is given, or where it is asked for', async () => {
  process.env.TRUNKLINE_RENTNUMBER_API_KEY = 'from-the-environment';
  const keys: Array<string | undefined> = [];
  const seeing: Transport = ({ headers }) => {
    keys.push(headers.find(([name]) => name === 'x-api-key')?.[1]);
    return { status: 200, body: '{"success":true,"balance":450}' };
  };
  try {
    await new Trunkline({ transport: seeing }).rentnumber.getBalance();
    await new Trunkline({
      transport: seeing,
      rentnumber: { apiKey: 'given' },
      environment: true,
    }).rentnumber.getBalance();
    const vonage = { apiKey: 'a', apiSecret: 'b' };
    await new Trunkline({ transport: seeing, vonage, environment: true }).rentnumber.getBalance();
    assert.match(
      (await thrown(new Trunkline({ transport: seeing, vonage }).rentnumber.getBalance())).message,
      /rentnumber/,
    );
    assert.match(
      (await thrown(new Trunkline({ transport: seeing, environment: false }).rentnumber.getBalance())).message,
      /rentnumber/,
    );
    assert.deepEqual(keys, ['from-the-environment', 'given', 'from-the-environment']);
  } finally {
    delete process.env.TRUNKLINE_RENTNUMBER_API_KEY;
  }
});

test('two accounts at one provider', async () => {
  const five = await sandbox();
  const { vonage } = five.accounts;
  const client = five.client({
    accounts: {
      second: {
        provider: 'vonage',
        apiKey: 'none',
        apiSecret: 'none',
        ...(vonage?.baseUrl && { baseUrl: vonage.baseUrl }),
      },
    },
  });
  // The one that is named after the provider, unless another is asked for.
  assert.equal((await client.vonage.getBalance()).autoReload, false);
  const refused = await thrown<TrunklineError>(client.vonage.getBalance({}, { account: 'second' }));
  assert.equal(refused.kind, 'unauthenticated');
});

test('the sandbox says what is wrong with what it is told', async () => {
  const five = await sandbox();
  assert.throws(() => five.receiveSms('vonage', { to: '+1', from: 'a', text: 'b' }), /no|number/);
  assert.throws(() => five.addFault({ kind: 'nonsense' as 'hang' }), /nonsense/);
  await assert.rejects(sandbox({ nonsense: 1 }), /nonsense/);
});
