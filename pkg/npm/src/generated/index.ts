// Generated from the core's registry by `cargo xtask generate`. Changes here are lost.

import type { TempNumber } from './tempnumber.js';
import type { RentNumber } from './rentnumber.js';
import type { Sinch } from './sinch.js';
import type { Voepy } from './voepy.js';
import type { Vonage } from './vonage.js';
export type * as tempnumber from './tempnumber.js';
export type * as rentnumber from './rentnumber.js';
export type * as sinch from './sinch.js';
export type * as voepy from './voepy.js';
export type * as vonage from './vonage.js';
export type * as unified from './unified.js';
export * from './errors.js';
export type { Event, EventKind, SignatureAlgorithm, Trust } from './events.js';
export type { OpenPurchase, PurchaseOutcome, PurchaseState, RecoveredPurchase } from './purchases.js';
export type * from './settings.js';

/** Every provider's operations, by its name. */
export interface Providers {
  readonly tempnumber: TempNumber;
  readonly rentnumber: RentNumber;
  readonly sinch: Sinch;
  readonly voepy: Voepy;
  readonly vonage: Vonage;
}
