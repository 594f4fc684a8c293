/** Nothing that people print shows a secret. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Trunkline, TrunklineError, type Hooks, type TransportRequest, type TrunklineOptions } from 'trunkline';
import { sandbox } from 'trunkline/sandbox';
import { print } from './hosts.js';
import { thrown } from './http.js';
import { shown, texts } from './secrets.js';

const accounts: TrunklineOptions = {
  tempnumber: { token: 'tn-hunter2-token' },
  rentnumber: { apiKey: 'rn-hunter2-key' },
  sinch: { projectId: 'p', keyId: 'key-hunter2', keySecret: 'sinch-hunter2-secret', auth: 'basic' },
  voepy: { apiKey: 'voepy-hunter2-key', baseUrl: 'https://voepy.example' },
  vonage: { apiKey: 'vonage-hunter2', apiSecret: 'vonage-hunter2-secret', auth: 'query' },
};

test('neither clients nor requests, replies, errors and events show a credential', async () => {
  const printed: unknown[] = [];
  const on: Hooks = {};
  for (const name of ['request', 'reply', 'retry', 'wait'] as const) on[name] = (event: unknown) => printed.push(event);
  const transport = (request: TransportRequest): { status: number; body: string; headers: Record<string, string> } => {
    printed.push(request);
    return {
      status: 500,
      body: JSON.stringify({ api_key: 'vonage-hunter2', secret: 'vonage-hunter2-secret' }),
      headers: { 'set-cookie': 'vonage-hunter2-secret' },
    };
  };
  const client = new Trunkline({ ...accounts, transport, on });
  printed.push(client, client.vonage, client.vonage.getBalance);
  const calls = [
    client.tempnumber.getAccount,
    client.rentnumber.getBalance,
    client.sinch.listRegions,
    client.voepy.getAccount,
    client.vonage.getBalance,
  ];
  for (const call of calls) {
    const error = await thrown(call({}, { attempts: 2 }));
    assert.ok(error instanceof TrunklineError, String(error));
    assert.ok(error.response, 'there is a reply');
    printed.push(error, error.response, error.response.text());
  }
  assert.deepEqual(
    printed.flatMap((value) => shown(value, accounts, print)),
    [],
  );
  assert.ok(printed.length > 30);
});

test('what is printed instead says something', async () => {
  const seen: TransportRequest[] = [];
  const transport = (request: TransportRequest): { status: number; body: string } => {
    seen.push(request);
    return { status: 200, body: '{"value":1.5}' };
  };
  const client = new Trunkline({ ...accounts, transport });
  assert.equal(inspect(client), '<Trunkline>');
  const { response } = await client.vonage.getBalance.withResponse();
  assert.equal(String(response), '<Reply 200, headers: [], 13 bytes>');
  assert.match(
    inspect(seen[0]),
    /^<Request GET https:\/\/rest\.nexmo\.com\/account\/get-balance, headers: \[.*\], 0 bytes>$/,
  );
  assert.equal(new TextDecoder().decode(response.body), '{"value":1.5}');
  assert.deepEqual(response.json(), { value: 1.5 });
});

test('secrets in results and parameters are hidden until they are asked for', async () => {
  const client = (await sandbox()).client();
  const { hmacSecret } = await client.sinch.getCallbackConfiguration();
  assert.ok(hmacSecret);
  assert.ok(texts({ hmacSecret }, print).every((text) => !text.includes(hmacSecret.expose())));
  const changed = await client.sinch.updateCallbackConfiguration({ hmacSecret });
  assert.equal(changed.hmacSecret?.expose(), hmacSecret.expose());
});

test('hooks are told what happens, and what they throw is passed over', async () => {
  const five = await sandbox();
  const events: Array<[string, object]> = [];
  const tell = (name: string) => (event: object) => {
    events.push([name, event]);
    throw new Error('a log that is full');
  };
  const on = { request: tell('request'), reply: tell('reply'), retry: tell('retry'), wait: tell('wait') };
  const client = five.client({ on });
  five.addFault({ kind: 'server_error', provider: 'vonage', times: 1 });
  await client.vonage.getBalance();
  assert.deepEqual(
    events.map(([name]) => name),
    ['request', 'reply', 'retry', 'request', 'reply'],
  );
  const [, [, reply]] = events as [unknown, [string, Record<string, unknown>]];
  assert.equal(reply.operation, 'vonage.get_balance');
  assert.equal(reply.status, 500);
  assert.ok(typeof reply.ms === 'number' && String(reply.url).endsWith('/vonage/account/get-balance'));
});
