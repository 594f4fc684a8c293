import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Codec, type Tables } from '../src/codec.js';
import { InvalidInput } from '../src/generated/errors.js';
import { settings } from '../src/generated/settings.js';
import { tables } from '../src/generated/tables.js';
import { Secret } from '../src/types.js';
import { vectors } from './vectors.js';

function tablesOf(provider: string): Tables {
  const found = Object.entries(tables).find(([slug]) => slug === provider)?.[1];
  assert.ok(found, `no tables for ${provider}`);
  return found;
}

/** A `Date` has no digits behind its milliseconds. */
function toTheMillisecond(json: unknown): unknown {
  const longer = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3})\d+Z$/;
  const shorten = (_: string, value: unknown): unknown => {
    const start = typeof value === 'string' ? longer.exec(value)?.[1] : undefined;
    return start === undefined ? value : `${start}Z`.replace('.000Z', 'Z');
  };
  return JSON.parse(JSON.stringify(json), shorten);
}

/** Ids may be given as numbers, base64 without its padding; what decoding found absent, it made null. */
function normalised(json: unknown): unknown {
  const normalise = (_: string, value: unknown): unknown => {
    if (value === null) return undefined;
    if (typeof value === 'number') return String(value);
    return typeof value === 'string' ? value.replace(/=+$/, '') : value;
  };
  return JSON.parse(JSON.stringify(json), normalise);
}

test('every result of the vectors is the same after decoding and encoding', () => {
  const seen = new Set<string>();
  for (const { provider, operation, cases } of vectors()) {
    const { operations, types } = tablesOf(provider);
    const codec = new Codec(types);
    const table = operations[operation];
    assert.ok(table, `no table for ${provider}.${operation}`);
    for (const { name, mode, output } of cases.filter((it) => it.output !== undefined)) {
      const shape = mode === 'all' ? `${table.all}[]` : table.gives;
      const encoded = codec.encode(shape, codec.decode(shape, output), `${provider}.${operation}`);
      assert.deepEqual(encoded, toTheMillisecond(output), `${provider}.${operation}: ${name}`);
      seen.add(`${provider}.${operation}`);
    }
  }
  const all = Object.entries(tables).flatMap(([slug, { operations }]) =>
    Object.keys(operations).map((operation) => `${slug}.${operation}`),
  );
  assert.deepEqual([...seen].sort(), all.sort());
});

test('every input of the vectors is what its parameters encode to', () => {
  for (const { provider, operation, cases } of vectors()) {
    const { operations, types } = tablesOf(provider);
    const codec = new Codec(types);
    const takes = operations[operation]?.takes;
    if (takes === undefined) continue;
    for (const { name, input } of cases.filter((it) => it.output !== undefined)) {
      const encoded = codec.encode(takes, codec.decode(takes, input), `${provider}.${operation}`);
      assert.deepEqual(normalised(encoded), normalised(input), `${provider}.${operation}: ${name}`);
    }
  }
});

test('times are dates, secrets are hidden, what is absent is null', () => {
  const rental = new Codec(tables.rentnumber.types).decode('Rental', {
    rental_id: '101',
    status: 'waiting',
    cost: { amount: '450.00', currency: 'NGN' },
    created_at: null,
    expires_at: '2026-04-12T15:30:00.123456789Z',
  });
  assert.deepEqual(rental, {
    rentalId: '101',
    phoneNumber: null,
    status: 'waiting',
    code: null,
    sms: null,
    cost: { amount: '450.00', currency: 'NGN' },
    createdAt: null,
    expiresAt: new Date('2026-04-12T15:30:00.123Z'),
  });
  const configuration = { project_id: 'p', hmac_secret: 'hunter2' };
  const decoded = new Codec(tables.sinch.types).decode('CallbackConfiguration', configuration);
  const { hmacSecret } = decoded as { hmacSecret: Secret };
  assert.ok(hmacSecret instanceof Secret);
  assert.equal(hmacSecret.expose(), 'hunter2');
});

test('parameters are written as the core takes them', () => {
  const sinch = new Codec(tables.sinch.types);
  const update = { phoneNumber: '+447700900000', displayName: null, callbackUrl: undefined };
  assert.deepEqual(sinch.encode('UpdateNumberParams', update, 'sinch.update_number'), {
    phone_number: '+447700900000',
    display_name: null,
  });
  const secret = sinch.encode('UpdateCallbackConfigurationParams', { hmacSecret: new Secret('hunter2') }, '');
  assert.deepEqual(secret, { hmac_secret: 'hunter2' });

  const rentnumber = new Codec(tables.rentnumber.types);
  for (const pricingId of ['42', 42, 42n]) {
    assert.deepEqual(rentnumber.encode('RentParams', { pricingId }, 'rentnumber.rent'), { pricing_id: '42' });
  }

  const voepy = new Codec(tables.voepy.types);
  const content = Uint8Array.from({ length: 20_000 }, (_, index) => index % 256);
  const files = voepy.encode('UploadPortingDocumentParams', { files: [{ fileName: 'loa.pdf', content }] }, '');
  const base64 = Buffer.from(content).toString('base64');
  assert.deepEqual(files, { files: [{ file_name: 'loa.pdf', content: base64 }] });
  assert.deepEqual(voepy.decode('bytes', base64), content);
});

test('dates are written as the core writes them', () => {
  const codec = new Codec({});
  assert.equal(codec.encode('date', new Date(1_776_007_800_000), ''), '2026-04-12T15:30:00Z');
  assert.equal(codec.encode('date', new Date(1_776_007_800_120), ''), '2026-04-12T15:30:00.120Z');
});

test('settings are converted likewise', () => {
  const codec = new Codec(settings);
  const account = { apiKey: new Secret('rn_1'), bodyLimit: 1024 };
  assert.deepEqual(codec.encode('RentNumberSettings', account, ''), { api_key: 'rn_1', body_limit: 1024 });
  assert.throws(() => codec.encode('VoepySettings', { apiKey: 'x' }, ''), { field: 'baseUrl' });
});

test('what cannot be sent is refused with its place, before anything is sent', () => {
  const refusals: Array<[provider: keyof typeof tables, type: string, params: unknown, message: string]> = [
    ['rentnumber', 'RentParams', {}, 'pricingId: it is required'],
    ['rentnumber', 'RentParams', { pricingId: null }, 'pricingId: it is required'],
    ['rentnumber', 'RentParams', { pricing: 1 }, 'pricing: there is no such field; there are: pricingId'],
    ['rentnumber', 'RentParams', [1], 'it must be an object, and is a list'],
    ['rentnumber', 'RentParams', '42', 'it must be an object, and is a string'],
    ['rentnumber', 'RentParams', { pricingId: 1.5 }, 'it must be an id, as a string or a whole number, and is the number'],
    ['rentnumber', 'RentParams', { pricingId: 2 ** 60 }, 'pricingId: the number is too long to be exact'],
    ['rentnumber', 'RentParams', { pricingId: true }, 'and is a boolean'],
    ['vonage', 'ListNumbersParams', { country: 44 }, 'country: it must be a string, and is the number 44'],
    ['vonage', 'ListNumbersParams', { size: 'ten' }, 'size: it must be a whole number, and is a string'],
    ['vonage', 'ListNumbersParams', { size: 1.5 }, 'size: it must be a whole number, and is the number 1.5'],
    ['vonage', 'ListNumbersParams', { hasApplication: 1 }, 'hasApplication: it must be true or false'],
    ['vonage', 'SearchAvailableParams', { country: 'GB', features: 'SMS' }, 'features: it must be a list, and is a string'],
    ['vonage', 'SearchAvailableParams', { country: 'GB', features: ['SMS', 1] }, 'features[1]: it must be a string'],
    ['sinch', 'UpdateNumberParams', { phoneNumber: '+1', smsConfiguration: { plan: 1 } }, 'smsConfiguration.plan: there'],
    ['sinch', 'UpdateCallbackConfigurationParams', { hmacSecret: 123456 }, 'hmacSecret: it must be a string or a Secret'],
    ['voepy', 'UploadPortingDocumentParams', { files: [{ fileName: 'a', content: 'b' }] }, 'files[0].content: it must be a'],
  ];
  for (const [provider, type, params, message] of refusals) {
    const refused = (error: unknown): boolean => {
      assert.ok(error instanceof InvalidInput);
      assert.ok(error.reason.includes(message), error.reason);
      assert.ok(!error.message.includes('123456'), 'a secret is not repeated');
      const { kind, delivery, operation } = error;
      assert.deepEqual({ kind, delivery, operation }, { kind: 'invalid_input', delivery: 'not_sent', operation: type });
      return true;
    };
    assert.throws(() => new Codec(tables[provider].types).encode(type, params, type), refused, message);
  }
  assert.throws(() => new Codec({}).encode('date', new Date('x'), ''), /the Date is invalid/);
  assert.throws(() => new Codec({}).encode('date', '2026-04-12', ''), /it must be a Date, and is a string/);
});
