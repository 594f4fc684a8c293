/** Events that providers send are checked, read, and handed to whoever waits for them, by every core. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  InvalidInput,
  Malformed,
  Secret,
  Trunkline,
  Unauthenticated,
  Unsupported,
  type Event,
  type TrunklineError,
} from 'trunkline';
import { parseEvent, type EventOptions, type EventRequest } from 'trunkline/gateway';
import { hosts, web } from './hosts.js';
import { thrown } from './http.js';
import { wasm, webMount } from './mounts.js';
import { freePort } from './ports.js';
import { Servers } from './servers.js';

const root = new URL('../../../../../', import.meta.url);
const servers = new Servers();
after(() => servers.close());

interface Case {
  name: string;
  provider: string;
  method: string;
  query: string;
  headers: Array<[string, string]>;
  body: string;
  secret: string;
  algorithm: EventOptions['algorithm'] | null;
  now: string;
  event: Record<string, string | null>;
}

const cases = JSON.parse(readFileSync(new URL('tests/events.json', root), 'utf8')) as Case[];
const [sinch] = cases as [Case];
const sha256 = cases.find(({ algorithm }) => algorithm === 'hmac_sha256') as Case;
const bytes = (text: string): Uint8Array => Buffer.from(text);

/** Of the entry for Node.js with either core, and of that for workers. */
const parsers: Readonly<Record<string, typeof parseEvent>> = {
  addon: parseEvent,
  wasm: (provider, request, options) => parseEvent(provider, request, options, { wasm }),
  web: (provider, request, options) => webMount.parseEvent(provider, request, options, { wasm }),
};

/** A case as it came, but for what is said. */
function asked(
  { method, query, headers, body, secret, algorithm, now }: Case,
  request: Partial<EventRequest> = {},
  options: EventOptions = {},
): [EventRequest, EventOptions] {
  const said = { secret, algorithm: algorithm ?? undefined, now: new Date(now) };
  return [
    { method, query, headers, body: bytes(body), ...request },
    { ...said, ...options },
  ];
}

/** An SMS that nobody has signed. */
async function sms(text: string, messageId = 'm-1', more: Record<string, string> = {}): Promise<Event> {
  const sent = { messageId, to: '447700900000', msisdn: '447700900001', text, ...more };
  const body = bytes(String(new URLSearchParams(sent)));
  return (await parseEvent('vonage', { headers: {}, body }, { signsNothing: true })) as Event;
}

function part(number: number, text: string): Promise<Event> {
  const concat = { concat: 'true', 'concat-ref': '7', 'concat-total': '3', 'concat-part': String(number) };
  return sms(text, `part-${number}`, concat);
}

for (const [core, parse] of Object.entries(parsers)) {
  // Errors of the entry for workers are those of the package there.
  const refusal = async (...given: Parameters<typeof parseEvent>): Promise<TrunklineError> =>
    thrown<TrunklineError>(parse(...given));

  test(`${core}: what is rightly signed is read`, async () => {
    for (const it of cases) {
      const event = (await parse(it.provider, ...asked(it))) as Event;
      const got = { ...event, occurred_at: event.occurredAt?.toISOString(), phone_number: event.phoneNumber };
      const named = Object.fromEntries(Object.keys(it.event).map((name) => [name, Reflect.get(got, name)]));
      assert.deepEqual(named, it.event, it.name);
      assert.deepEqual(event.raw, [it.body || it.query]);
    }
  });

  test(`${core}: what was changed, or is not signed, or not now, is refused`, async () => {
    for (const it of cases) {
      const changed = (text: string): string => text.replace('SUCCEEDED', 'FAILED').replace('Hello', 'HELLO');
      assert.notEqual(changed(it.body) + changed(it.query), it.body + it.query);
      for (const given of [
        asked(it, { body: bytes(changed(it.body)), query: changed(it.query) }),
        asked(it, {}, { secret: 'another' }),
        asked(it, {}, { secret: undefined, secrets: ['another', 'third'] }),
      ]) {
        const error = await refusal(it.provider, ...given);
        assert.deepEqual([error.kind, error.operation], ['unauthenticated', 'parse_event'], it.name);
        assert.ok(!error.message.includes(it.secret));
      }
    }
    assert.equal((await refusal('sinch', ...asked(sinch, { headers: {} }))).kind, 'unauthenticated');
    const late = { now: new Date('2020-01-01T12:01:01Z'), toleranceMs: 60_000 };
    assert.match((await refusal('vonage', ...asked(sha256, {}, late))).message, /too long ago/);
    assert.ok(await parse('vonage', ...asked(sha256, {}, { ...late, toleranceMs: 61_000 })));
    assert.match((await refusal('vonage', ...asked(sha256, {}, { now: undefined }))).message, /too long ago/);
  });
}

test('errors are of the classes of the package', async () => {
  const body = bytes('<html>');
  const none = { signsNothing: true };
  assert.ok((await thrown(parseEvent('sinch', ...asked(sinch, { headers: [] })))) instanceof Unauthenticated);
  assert.ok((await thrown(parseEvent('sinch', { headers: [], body }, none))) instanceof Malformed);
  assert.ok((await thrown(parseEvent('tempnumber', { headers: [], body }, none))) instanceof Unsupported);
  assert.ok((await thrown(parseEvent('nexmo', { headers: [], body }, none))) instanceof InvalidInput);
  const foreign = await thrown(webMount.parseEvent('nexmo', { headers: [], body }, none, { wasm }));
  assert.ok(foreign instanceof web.InvalidInput || foreign instanceof InvalidInput);
});

test('headers come as frameworks have them, and repeated ones are seen', async () => {
  const [[name, value]] = sinch.headers as [[string, string]];
  for (const headers of [{ [name.toLowerCase()]: value, host: undefined }, [name, value], new Headers([[name, value]])])
    assert.ok(await parseEvent('sinch', ...asked(sinch, { headers })));
  for (const headers of [{ [name]: [value, value] }, [name, value, name, value]]) {
    const error = await thrown<InvalidInput>(parseEvent('sinch', ...asked(sinch, { headers })));
    assert.match(error.message, /this header came more than once/);
  }
});

test("a provider's look whether anybody answers is no event", async () => {
  const options: EventOptions = { secret: 's', algorithm: 'hmac_md5' };
  assert.equal(await parseEvent('vonage', { method: 'GET', headers: {} }, options), null);
});

test("a verifier of one's own decides, at its leisure, and sees the request", async () => {
  const [request, { now }] = asked(sinch);
  const seen: EventRequest[] = [];
  const verify = async (given: EventRequest): Promise<boolean> => {
    seen.push(given);
    return given.body?.length === sinch.body.length;
  };
  assert.equal((await parseEvent('sinch', request, { verify, now }))?.trust, 'signed');
  assert.equal(seen[0], request);
  const error = await thrown(parseEvent('sinch', { ...request, body: bytes('{}') }, { verify, now }));
  assert.ok(error instanceof Unauthenticated && /own verifier/.test(error.message));
  const truthy = (() => 'yes') as unknown as () => boolean;
  assert.match((await thrown(parseEvent('sinch', request, { verify: truthy }))).message, /gave a string/);
});

test('wrong input says what to write', async () => {
  const given = (request: object, options: object): [EventRequest, EventOptions] =>
    asked(sinch, request as EventRequest, options as EventOptions);
  const wrong: Array<[object, object, string, RegExp]> = [
    [{}, { secret: undefined }, 'verification', /give the secret that the account signs with/],
    [{}, { signsNothing: true }, 'verification', /one of the three/],
    [{}, { verify: () => true }, 'verification', /one of the three/],
    [{}, { secrets: ['hunter2'] }, 'secrets', /give secret or secrets, not both/],
    [{}, { secret: undefined, secrets: 'hunter2' }, 'secrets', /it is a list; one alone is secret/],
    [{}, { secret: '' }, 'secrets', /not empty/],
    [{}, { secret: 7 }, 'secrets[0]', /expected a string/],
    [{}, { algorithm: 'sha1' }, 'algorithm', /it is one of md5_hash, hmac_md5/],
    [{}, { toleranceMs: Infinity }, 'toleranceMs', /milliseconds, 0 or more/],
    [{}, { tolerance: 5 }, 'tolerance', /there is no such option; there are: secret, /],
    [{}, { now: '2026' }, 'now', /it must be a Date/],
    [{ body: sinch.body }, {}, 'body', /the bytes as they came, for the signature is over them, and is a string/],
    [{ body: undefined }, {}, 'body', /and is undefined/],
    [{ headers: undefined }, {}, 'headers', /names and values: headers or rawHeaders/],
    [{ headers: ['x'] }, {}, 'headers', /names and values/],
    [{ query: { a: 'b' } }, {}, 'query', /it must be a string, and is Object/],
  ];
  for (const [request, options, field, advice] of wrong) {
    const error = await thrown<InvalidInput>(parseEvent('sinch', ...given(request, options)));
    assert.ok(error instanceof InvalidInput, String(error));
    assert.deepEqual([error.field, error.operation, error.delivery], [field, 'parse_event', 'not_sent']);
    assert.match(error.message, advice);
    assert.ok(!error.message.includes('hunter2') && !error.message.includes(sinch.secret), error.message);
  }
  const secret = new Secret(sinch.secret);
  assert.ok(await parseEvent('sinch', ...asked(sinch, {}, { secret: undefined, secrets: ['new', secret] })));
});

for (const [core, options] of Object.entries(hosts)) {
  const account = { vonage: { apiKey: 'k', apiSecret: 's' }, ...options };

  test(`${core}: what came before is dropped, parts are one message, and who waits has it`, async () => {
    const client = new Trunkline(account);
    const waiting = client.waitForMessage({ number: 'vonage:GB:447700900000' }, { timeoutMs: 20_000 });
    assert.deepEqual([await client.feed(await part(3, '056')), await client.feed(await part(1, 'Your co'))], [[], []]);
    const [whole] = await client.feed(await part(2, 'de is 482'));
    assert.deepEqual([whole?.text, whole?.code, whole?.raw.length], ['Your code is 482056', '482056', 3]);
    assert.deepEqual(await client.feed(await part(2, 'de is 482')), []);
    const { code, sender } = await waiting;
    assert.deepEqual([code, sender], ['482056', '447700900001']);
    client.close();
  });

  test(`${core}: an event that was JSON meanwhile is fed as it was`, async () => {
    const client = new Trunkline(account);
    const event = await sms('Hi', 'm-2', { 'message-timestamp': '2026-01-01 12:00:00' });
    assert.deepEqual(await client.feed(JSON.parse(JSON.stringify(event)) as Event), [event]);
    assert.equal(event.occurredAt?.toISOString(), '2026-01-01T12:00:00.000Z');
    client.close();
  });

  test(`${core}: what is no event is not fed`, async () => {
    const client = new Trunkline(account);
    const feed = (event: unknown): Promise<Error> => thrown(client.feed(event as Event));
    assert.match((await feed(null)).message, /event: it must be an object, and is null/);
    assert.match((await feed({ ...(await sms('x')), native: {} })).message, /native: missing field `message_id`/);
    assert.match((await feed({ ...(await sms('x')), occurredAt: 'soon' })).message, /occurredAt: the Date is invalid/);
    for (const wrong of [null, { provider: 'vonage' }, {}]) assert.ok((await feed(wrong)) instanceof InvalidInput);
    client.close();
  });
}

test('the example gives the code that the sandbox sent to its webhook', async () => {
  const server = await servers.start({ vonage: { signature_method: 'hmac_sha256' } });
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-'));
  const port = await freePort();
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  symlinkSync(fileURLToPath(new URL('../../node_modules/trunkline', import.meta.url)), join(modules, 'trunkline'));
  symlinkSync(fileURLToPath(new URL('pkg/npm/node_modules/express', root)), join(modules, 'express'));
  const program = join(folder, 'events_express.mjs');
  cpSync(fileURLToPath(new URL('examples/node/events_express.mjs', root)), program);
  const { apiKey, apiSecret, baseUrl } = server.accounts.vonage ?? {};
  const account = {
    TRUNKLINE_VONAGE_API_KEY: String(apiKey),
    TRUNKLINE_VONAGE_API_SECRET: String(apiSecret),
    TRUNKLINE_VONAGE_BASE_URL: String(baseUrl),
  };
  const env = { ...process.env, ...account, SIGNATURE_SECRET: 'signature_secret', PORT: String(port) };
  const running = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    await new Promise((resolve) => running.stdout.once('data', resolve));
    const url = `http://127.0.0.1:${port}`;
    const asked = fetch(`${url}/codes`, { method: 'POST' });
    const to = await boughtWithWebhook(server);
    await server.control('POST', 'messages', { provider: 'vonage', to, from: 'Acme', text: 'Your code is 482056' });
    assert.deepEqual(await (await asked).json(), { number: `+${to}`, from: 'Acme', code: '482056' });
    const forged = new URLSearchParams({ to, messageId: 'm', text: 'x' });
    assert.equal((await fetch(`${url}/events/vonage`, { method: 'POST', body: forged })).status, 401);
    assert.equal((await fetch(`${url}/events/vonage`)).status, 200);
  } finally {
    running.kill();
    rmSync(folder, { recursive: true });
    server.close();
  }
});

/** The number that was bought at Vonage, once its messages have somewhere to go. */
async function boughtWithWebhook(server: { control(method: string, path: string): Promise<unknown> }): Promise<string> {
  interface State {
    providers: { vonage: { numbers: Array<{ listed: { msisdn: string; moHttpUrl?: string } }> } };
  }
  for (let tries = 0; tries < 200; tries += 1) {
    const { providers } = (await server.control('GET', 'state')) as State;
    const number = providers.vonage.numbers.find(({ listed }) => listed.moHttpUrl);
    if (number) return number.listed.msisdn;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('no number has a webhook');
}
