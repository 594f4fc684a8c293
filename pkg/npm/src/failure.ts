/** The core's errors, and the runtime's own, as `TrunklineError`. */

import type { Failed, ReplyParts } from './binding.js';
import type { ErrorDetails, TrunklineError } from './error.js';
import { errorClasses, type ErrorKind } from './generated/errors.js';
import type { RawResponse } from './types.js';

/** Why a client does nothing more. */
export const CLOSED = 'this client is closed: make another';

/** What the core threw, or how a flow failed. */
export function failed(
  [, json, , parts]: Failed,
  reply: (parts: ReplyParts) => RawResponse,
  cause?: { cause: unknown },
): TrunklineError {
  const details = JSON.parse(json) as ErrorDetails;
  return new errorClasses[details.kind](details, { ...(parts && { response: reply(parts) }), ...cause });
}

/** Whether it is what the core throws. */
export function isFailed(thrown: unknown): thrown is Failed {
  return Array.isArray(thrown) && thrown[0] === 'failed';
}

/** What is wrong before anything has been sent. */
export function refused(kind: ErrorKind, message: string, cause?: { cause: unknown }): TrunklineError {
  return new errorClasses[kind]({ kind, delivery: 'not_sent', operation: '', message, attempts: 0 }, cause);
}

/** What this runtime cannot do. */
export function unsupported(message: string, cause?: { cause: unknown }): TrunklineError {
  return refused('unsupported', message, cause);
}
