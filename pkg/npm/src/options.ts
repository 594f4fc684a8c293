/** What may be said of one call, checked: plain JavaScript passes anything. */

import { called, refuse } from './codec.js';
import type { FlowOptions } from './binding.js';
import type { KeyedCallOptions } from './types.js';

const NAMES = ['account', 'timeoutMs', 'attempts', 'signal', 'idempotencyKey'];

function text(options: KeyedCallOptions, path: 'account' | 'idempotencyKey', operation: string): string | undefined {
  const value: unknown = options[path] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  return refuse({ operation, path }, `it must be a string, and is ${called(value)}`);
}

/** A number of milliseconds. */
export function checkedTimeout(value: unknown, operation: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && value >= 0 && Number.isFinite(value)) return value;
  return refuse({ operation, path: 'timeoutMs' }, `it must be milliseconds, 0 or more, and is ${called(value)}`);
}

function attempts(value: unknown, operation: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (Number.isInteger(value) && (value as number) >= 1 && (value as number) < 2 ** 32) return value as number;
  return refuse({ operation, path: 'attempts' }, `it must be a whole number, 1 or more, and is ${called(value)}`);
}

/** Throws `InvalidInput` where something is wrong with them. */
export function checkedOptions(given: unknown, operation: string, more: readonly string[] = []): KeyedCallOptions {
  if (given === undefined || given === null) return {};
  if (typeof given !== 'object' || Array.isArray(given)) {
    return refuse({ operation, path: 'options' }, `it must be an object, and is ${called(given)}`);
  }
  const known = [...NAMES, ...more];
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown !== undefined) refuse({ operation, path: unknown }, `there is no such option; there are: ${known.join(', ')}`);
  const { signal } = given as { signal?: unknown };
  if (signal !== undefined && signal !== null && typeof (signal as AbortSignal).addEventListener !== 'function') {
    refuse({ operation, path: 'signal' }, `it must be an AbortSignal, and is ${called(signal)}`);
  }
  return given;
}

/** What the core wants to know of them. */
export function flowOptions(options: KeyedCallOptions, operation: string, timeoutMs: number | undefined): FlowOptions {
  return {
    account: text(options, 'account', operation),
    timeoutMillis: checkedTimeout(options.timeoutMs, operation) ?? timeoutMs,
    attempts: attempts(options.attempts, operation),
    idempotencyKey: text(options, 'idempotencyKey', operation),
  };
}
