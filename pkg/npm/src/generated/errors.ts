// Generated from the core's registry by `cargo xtask generate`. Changes here are lost.

import { TrunklineError } from '../error.js';

/**
 * Whether the provider may have acted on the request that failed.
 *
 * - `not_sent`: It certainly never reached the provider.
 * - `refused`: The provider answered that it did not do it.
 * - `unknown`: It may or may not have been carried out.
 */
export type Delivery = 'not_sent' | 'refused' | 'unknown';

/** What went wrong. The same words in every host. */
export type ErrorKind =
  | 'invalid_input'
  | 'unauthenticated'
  | 'forbidden'
  | 'insufficient_funds'
  | 'not_found'
  | 'out_of_stock'
  | 'conflict'
  | 'not_ready'
  | 'ended'
  | 'refused'
  | 'rate_limited'
  | 'provider_down'
  | 'unreachable'
  | 'timed_out'
  | 'malformed'
  | 'unsupported'
  | 'cancelled'
  | 'journal_failed'
  | 'purchase_unknown';

/** A parameter or setting is missing or malformed; see `field`. Correct it and call again. */
export class InvalidInput extends TrunklineError {
  /** What to do next. */
  static override readonly advice = 'Correct it and call again';

  declare readonly kind: 'invalid_input';
}

/** The credentials are wrong, revoked or expired. Check the account's credentials. */
export class Unauthenticated extends TrunklineError {
  /** What to do next. */
  static override readonly advice = "Check the account's credentials";

  declare readonly kind: 'unauthenticated';
}

/** The credentials are good, but do not allow this. Check what these credentials and this account are allowed to do. */
export class Forbidden extends TrunklineError {
  /** What to do next. */
  static override readonly advice = 'Check what these credentials and this account are allowed to do';

  declare readonly kind: 'forbidden';
}

/** The account cannot pay for it. Top up the account at the provider. */
export class InsufficientFunds extends TrunklineError {
  /** What to do next. */
  static override readonly advice = 'Top up the account at the provider';

  declare readonly kind: 'insufficient_funds';
}

/** No such thing, or not yours. Check the id, or list what there is. */
export class NotFound extends TrunklineError {
  /** What to do next. */
  static override readonly advice = 'Check the id, or list what there is';

  declare readonly kind: 'not_found';
}

/** Nothing (left) to buy. Choose another offer, or try again later. */
export class OutOfStock extends TrunklineError {
  /** What to do next. */
  static override readonly advice = 'Choose another offer, or try again later';

  declare readonly kind: 'out_of_stock';
}

/** The state of things forbids it. Look at the present state before trying again. */
export class Conflict extends TrunklineError {
  /** What to do next. */
  static override readonly advice = 'Look at the present state before trying again';

  declare readonly kind: 'conflict';
}

/** It will be possible a little later. Try again in a moment. */
export class NotReady extends TrunklineError {
  /** What to do next. */
  static override readonly advice = 'Try again in a moment';

  declare readonly kind: 'not_ready';
}

/** What was asked about is over: expired, cancelled, refunded. It will not come back; start anew. */
export class Ended extends TrunklineError {
  /** What to do next. */
  static override readonly advice = 'It will not come back; start anew';

  declare readonly kind: 'ended';
}

/** The provider said no, for a reason of its own. The provider's words are all that is known. */
export class Refused extends TrunklineError {
  /** What to do next. */
  static override readonly advice = "The provider's words are all that is known";

  declare readonly kind: 'refused';
}

/** Too many requests; see `retryAfter`. Wait before calling again. */
export class RateLimited extends TrunklineError {
  /** What to do next. */
  static override readonly advice = 'Wait before calling again';

  declare readonly kind: 'rate_limited';
}

/** The provider, or something in front of it, is failing. Try again later. */
export class ProviderDown extends TrunklineError {
  /** What to do next. */
  static override readonly advice = 'Try again later';

  declare readonly kind: 'provider_down';
}

/** The provider could not be reached, or the connection broke. Check the network and the base URL. */
export class Unreachable extends TrunklineError {
  /** What to do next. */
  static override readonly advice = 'Check the network and the base URL';

  declare readonly kind: 'unreachable';
}

/** The deadline passed. Allow more time, or try again later. */
export class TimedOut extends TrunklineError {
  /** What to do next. */
  static override readonly advice = 'Allow more time, or try again later';

  declare readonly kind: 'timed_out';
}

/** The reply cannot be read; see `path`. The provider may have changed, or something stands in front of it. */
export class Malformed extends TrunklineError {
  /** What to do next. */
  static override readonly advice = 'The provider may have changed, or something stands in front of it';

  declare readonly kind: 'malformed';
}

/** This provider cannot do it. Nothing was sent; another provider may offer it. */
export class Unsupported extends TrunklineError {
  /** What to do next. */
  static override readonly advice = 'Nothing was sent; another provider may offer it';

  declare readonly kind: 'unsupported';
}

/** The caller gave it up. It was given up before it ended. */
export class Cancelled extends TrunklineError {
  /** What to do next. */
  static override readonly advice = 'It was given up before it ended';

  declare readonly kind: 'cancelled';
}

/** The journal could not take the intent, so nothing was sent. Nothing was sent; mend the journal and call again. */
export class JournalFailed extends TrunklineError {
  /** What to do next. */
  static override readonly advice = 'Nothing was sent; mend the journal and call again';

  declare readonly kind: 'journal_failed';
}

/** A purchase may or may not have happened; see `candidates`. Look at the account before buying again. */
export class PurchaseUnknown extends TrunklineError {
  /** What to do next. */
  static override readonly advice = 'Look at the account before buying again';

  declare readonly kind: 'purchase_unknown';
}

/** The class of each kind. */
export const errorClasses: Readonly<Record<ErrorKind, typeof TrunklineError>> = {
  invalid_input: InvalidInput,
  unauthenticated: Unauthenticated,
  forbidden: Forbidden,
  insufficient_funds: InsufficientFunds,
  not_found: NotFound,
  out_of_stock: OutOfStock,
  conflict: Conflict,
  not_ready: NotReady,
  ended: Ended,
  refused: Refused,
  rate_limited: RateLimited,
  provider_down: ProviderDown,
  unreachable: Unreachable,
  timed_out: TimedOut,
  malformed: Malformed,
  unsupported: Unsupported,
  cancelled: Cancelled,
  journal_failed: JournalFailed,
  purchase_unknown: PurchaseUnknown,
};
