/** The error that every failure is; what its kinds are is generated, in `generated/errors.ts`. */

import type { Delivery, ErrorKind } from './generated/errors.js';
import { camelCase, pascalCase } from './names.js';
import type { RawResponse } from './types.js';

/** An error as JSON, as the core writes it. */
export interface ErrorDetails {
  kind: ErrorKind;
  delivery: Delivery;
  operation: string;
  message: string;
  field?: string;
  path?: string;
  status?: number;
  code?: string;
  retry_after?: number;
  request_id?: string;
  attempts: number;
  idempotency_key?: string;
  candidates?: string[];
}

/** What is not in the core's JSON. */
export interface ErrorContext {
  /** What it came of, as the runtime saw it. */
  cause?: unknown;
  /** The last reply. */
  response?: RawResponse | undefined;
}

/**
 * What went wrong. `message` is one line: what happened, to which operation, and what to do next. Each `kind` has a
 * class of its own. It prints without a secret, for it holds none but in `response`, which is not printed with it.
 */
export class TrunklineError extends Error {
  /** What to do next. */
  static readonly advice: string = '';

  /** What went wrong: one of a few words that stay the same. */
  declare readonly kind: ErrorKind;
  /** Whether the provider may have acted. */
  declare readonly delivery: Delivery;
  /** Id of the operation: `rentnumber.rent`; empty before one is chosen. */
  declare readonly operation: string;
  /** What happened, alone; the provider's words where it gave any. */
  declare readonly reason: string;
  /** Of `InvalidInput`: the parameter or setting. */
  declare readonly field: string | null;
  /** Of `Malformed`: where in the reply, as `data[3].msisdn`. */
  declare readonly path: string | null;
  /** HTTP status of the last reply. */
  declare readonly status: number | null;
  /** The provider's own code, where it gives one: `balance_insufficient`, `NOT_FOUND`, `420`. */
  declare readonly code: string | null;
  /** How many seconds the provider asked to wait. */
  declare readonly retryAfter: number | null;
  /** The provider's id of the exchange, for its support. */
  declare readonly requestId: string | null;
  /** How many times a request was handed to the transport. */
  declare readonly attempts: number;
  /** Of `PurchaseUnknown`: the key under which it was sent. Calling again with it cannot buy twice. */
  declare readonly idempotencyKey: string | null;
  /** Of `PurchaseUnknown`: ids of what may have been bought by it. */
  declare readonly candidates: readonly string[];
  /** The last reply. */
  declare readonly response: RawResponse | null;

  constructor(details: ErrorDetails, context: ErrorContext = {}) {
    super(line(details, new.target.advice), 'cause' in context ? { cause: context.cause } : undefined);
    for (const [key, value] of Object.entries(details)) {
      if (value === null || value === undefined) continue;
      const name = key === 'message' ? 'reason' : camelCase(key);
      Object.defineProperty(this, name, { value: key === 'field' ? camelCase(value) : value, enumerable: true });
    }
    if (context.response) Object.defineProperty(this, 'response', { value: context.response });
    // From the kind and not from the class, whose name a minifier may have changed.
    Object.defineProperty(this, 'name', { value: pascalCase(details.kind) });
    // V8 wrote the stack's first line before the name was known.
    (Error as { captureStackTrace?: (error: Error, above: unknown) => void }).captureStackTrace?.(this, new.target);
  }

  /** What is known, without the reply. */
  toJSON(): Record<string, unknown> {
    return { name: this.name, message: this.message, ...Object.fromEntries(Object.entries(this)) };
  }

  static {
    // On the prototype, so that what has no value is not printed.
    const absent = ['field', 'path', 'status', 'code', 'retryAfter', 'requestId', 'idempotencyKey', 'response'];
    for (const name of absent) Object.defineProperty(this.prototype, name, { value: null });
    Object.defineProperty(this.prototype, 'candidates', { value: [] });
  }
}

/** As the core words it, so that an error reads the same in every host. */
function line(details: ErrorDetails, advice: string): string {
  const operation = details.operation ? `${details.operation}: ` : '';
  const status = details.status === undefined ? '' : `, status ${details.status}`;
  const unknown = details.delivery === 'unknown' ? ', may have been carried out' : '';
  const next = advice ? ` ${advice}.` : '';
  return `${operation}${details.message} [${details.kind}${status}${unknown}].${next}`;
}
