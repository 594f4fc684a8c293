/** What goes wrong between a client and a gateway, and what the gateway says went wrong behind it. */

import type { End } from './asking.js';
import type { ErrorDetails, TrunklineError } from './error.js';
import { errorClasses, type Delivery, type ErrorKind } from './generated/errors.js';
import type { Call } from './operations.js';
import type { KeyedCallOptions } from './types.js';

interface More extends Partial<ErrorDetails> {
  cause?: unknown;
}

function made(call: Call, kind: ErrorKind, delivery: Delivery, message: string, more: More = {}): TrunklineError {
  const { cause, ...details } = more;
  const { operation } = call;
  const context = cause === undefined ? {} : { cause };
  return new errorClasses[kind]({ kind, delivery, operation, message, attempts: 1, ...details }, context);
}

/** The error in an answer, as a client at the accounts would throw it; none where it is no error of a gateway's. */
export function refusal({ operation }: Call, given: unknown): TrunklineError | undefined {
  const { text: _, ...details } = Object(given) as ErrorDetails & { text?: string };
  const Class = errorClasses[details.kind];
  if (!Class || typeof details.message !== 'string' || typeof details.delivery !== 'string') return undefined;
  return new Class({ ...details, operation: details.operation || operation });
}

/** There is no whole answer. */
export function unanswered(
  call: Call,
  end: Exclude<End, { kind: 'answered' }>,
  options: KeyedCallOptions,
): TrunklineError {
  if (end.kind === 'cancelled') return cancelled(call, 'unknown', options);
  if (end.kind === 'not_sent') {
    return made(call, 'unreachable', 'not_sent', `the gateway could not be asked: ${end.why}`, { cause: end.cause });
  }
  const late = end.kind === 'late';
  const why = `the gateway's answer was lost: ${end.why}`;
  return lost(call, late ? 'timed_out' : 'unreachable', why, options, late ? {} : { cause: end.cause });
}

/** Somebody else's answer, half of one, or more than is read. */
export function unreadable(call: Call, status: number, options: KeyedCallOptions): TrunklineError {
  const why = "what came is no gateway's answer, or not the whole of it";
  return lost(call, status < 500 ? 'malformed' : 'provider_down', why, options, { status });
}

/** Given up by the caller. */
export function cancelled(call: Call, delivery: Delivery, { signal }: KeyedCallOptions): TrunklineError {
  const attempts = delivery === 'unknown' ? 1 : 0;
  const cause: unknown = signal?.aborted ? signal.reason : undefined;
  return made(call, 'cancelled', delivery, 'cancelled by the caller', { attempts, cause });
}

/** It was sent, and nobody here knows what became of it. */
function lost(call: Call, kind: ErrorKind, why: string, options: KeyedCallOptions, more: More): TrunklineError {
  if (!call.spends) return made(call, kind, 'unknown', why, more);
  const key = options.idempotencyKey;
  const next = key ? `calling again with idempotency_key ${key} cannot buy twice` : 'a gateway finishes what it began';
  const message = `whether it was bought is not known: ${why} (${next})`;
  return made(call, 'purchase_unknown', 'unknown', message, { ...more, ...(key && { idempotency_key: key }) });
}
