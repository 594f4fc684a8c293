// Generated from the core's registry by `cargo xtask generate`. Changes here are lost.

import type { Types } from '../codec.js';

/** A purchase whose end is not known. */
export interface OpenPurchase {
  /** Its id in the journal. */
  intent: string;
  /** When it was begun. */
  at: Date;
  /** The account's name; with `@` and its base URL where that is not the provider's own. */
  account: string;
  /** `rentnumber.rent` */
  operation: string;
  /** The operation's parameters, as JSON text. */
  params: string;
  /** The key under which it went, where the provider has keys. */
  idempotencyKey: string | null;
  /** It is under way no longer than this. */
  until: Date;
  /** How far it got. */
  state: PurchaseState;
  /** Where it was looked for: ids of what it may have been. */
  candidates: string[];
}

/**
 * How a purchase ended that the journal held open.
 *
 * - `bought`: It was bought: once.
 * - `not_bought`: It was not bought.
 * - `unknown`: Nobody can tell yet. It stays open.
 */
export type PurchaseOutcome = 'bought' | 'not_bought' | 'unknown';

/**
 * How far a purchase got whose end is not known.
 *
 * - `sent`: It is under way.
 * - `lost`: Its answer was lost, and it is being looked for.
 * - `abandoned`: Nobody works on it any more.
 * - `unknown`: It was looked for, and nobody can tell.
 */
export type PurchaseState = 'sent' | 'lost' | 'abandoned' | 'unknown';

/** What became of a purchase that the journal held open. */
export interface RecoveredPurchase {
  /** Its id in the journal. */
  intent: string;
  /** When it was begun. */
  at: Date;
  /** The account's name; with `@` and its base URL where that is not the provider's own. */
  account: string;
  /** `rentnumber.rent` */
  operation: string;
  /** The operation's parameters, as JSON text. */
  params: string;
  /** How it ended. */
  outcome: PurchaseOutcome;
  /** Where it was bought: how the provider names what was. */
  ids: string[];
  /**
   * Where it was bought: what the purchase would have answered, as JSON text; absent where it was answered to a process
   * that is gone.
   */
  value: string | null;
  /** Where nobody can tell: ids of what it may have been. */
  candidates: string[];
  /** Where it was not bought: why that is certain. Where nobody can tell: what stands in the way. */
  reason: string | null;
}

/** By which they are converted from JSON. */
export const purchases: Types = {
  OpenPurchase: 'intent at:date account operation params idempotency_key until:date state candidates:text[]',
  RecoveredPurchase: 'intent at:date account operation params outcome ids:text[] value candidates:text[] reason',
};
