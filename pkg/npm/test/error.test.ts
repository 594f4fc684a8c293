import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { TrunklineError, type ErrorDetails } from '../src/error.js';
import { InsufficientFunds, errorClasses } from '../src/generated/errors.js';
import { Secret, type RawResponse } from '../src/types.js';

const details: ErrorDetails = {
  kind: 'insufficient_funds',
  delivery: 'refused',
  operation: 'rentnumber.rent',
  message: 'Insufficient balance. Need ₦450.00',
  status: 400,
  attempts: 1,
  retry_after: 1.5,
};

const response: RawResponse = {
  status: 400,
  headers: [['x-api-key', 'hunter2']],
  body: new TextEncoder().encode('hunter2'),
  header: () => 'hunter2',
  text: () => '***',
  json: () => 'hunter2',
};

test('an error reads as in the core, and has its fields', () => {
  const error = new InsufficientFunds(details, { response });
  assert.equal(
    error.message,
    'rentnumber.rent: Insufficient balance. Need ₦450.00 [insufficient_funds, status 400]. Top up the account at the provider.',
  );
  assert.ok(error instanceof TrunklineError && error instanceof Error);
  assert.equal(error.name, 'InsufficientFunds');
  assert.equal(error.reason, 'Insufficient balance. Need ₦450.00');
  assert.deepEqual([error.status, error.retryAfter, error.attempts], [400, 1.5, 1]);
  assert.deepEqual([error.field, error.code, error.requestId, error.candidates], [null, null, null, []]);
  assert.equal(error.response, response);
});

test('each kind has its class and its advice', () => {
  for (const [kind, Class] of Object.entries(errorClasses)) {
    const error = new Class({ ...details, kind: kind as ErrorDetails['kind'], delivery: 'unknown' });
    assert.equal(error.name, Class.name);
    assert.ok(error.message.includes(`[${kind}, status 400, may have been carried out]. ${Class.advice}.`));
    assert.ok(Class.advice);
  }
});

test('names of parameters are those of this language', () => {
  const error = new errorClasses.invalid_input({ ...details, kind: 'invalid_input', field: 'files[0].file_name' });
  assert.equal(error.field, 'files[0].fileName');
});

test('an error prints without secrets, and with its cause', () => {
  const cause = new Error('socket hang up');
  const error = new InsufficientFunds(details, { response, cause });
  assert.equal(error.cause, cause);
  for (const text of [inspect(error, { depth: 9 }), JSON.stringify(error), String(error), `${error.stack}`]) {
    assert.ok(!text.includes('hunter2'), text);
    assert.ok(text.includes('Need ₦450.00') && text.includes('InsufficientFunds'), text);
  }
  assert.ok(inspect(error).includes('socket hang up'));
  assert.ok(!inspect(error).includes('null'), 'what is absent is not printed');
  const json = JSON.parse(JSON.stringify(error));
  assert.deepEqual([json.kind, json.retryAfter, json.operation], ['insufficient_funds', 1.5, 'rentnumber.rent']);
});

test('a secret prints as stars', () => {
  const secret = new Secret('hunter2');
  const shown = [`${secret}`, JSON.stringify({ secret }), inspect({ secret }), inspect(secret, { showHidden: true })];
  assert.deepEqual(shown, ['***', '{"secret":"***"}', '{ secret: *** }', '***']);
  assert.equal(secret.expose(), 'hunter2');
});
