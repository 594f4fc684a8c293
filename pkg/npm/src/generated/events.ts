// Generated from the core's registry by `cargo xtask generate`. Changes here are lost.

import type { Types } from '../codec.js';

/**
 * Something that a provider told by itself. It may be stored and passed on as JSON: to be fed it needs `provider`,
 * `kind`, `trust` and `native`, and what it says is what `native` says.
 */
export interface Event {
  /** Whose it is: `vonage` */
  provider: string;
  /** What it is about. */
  kind: EventKind;
  /** The provider's id of it: when an event comes again, it comes under the same one. Absent where there is none. */
  id: string | null;
  /** The number that received the message, or that it is about; where it names one and no more. */
  phoneNumber: string | null;
  /** Of a message: who sent it, as the provider writes it. */
  sender: string | null;
  /** Of a message: what it says. */
  text: string | null;
  /** Of a message: the code in it. */
  code: string | null;
  /** When it happened, where the provider says. */
  occurredAt: Date | null;
  /** Why it is believed. */
  trust: Trust;
  /** The provider's own record of it. */
  native: Record<string, unknown>;
  /** What came, as text: the body, or the query where there is none. Several of a message that came in parts. */
  raw: string[];
}

/**
 * What an event is about.
 *
 * - `message`: A number has received a message, or a part of one.
 * - `number`: The set-up of numbers, an order of them, or their porting goes on.
 * - `other`: Something else; see `raw`.
 */
export type EventKind = 'message' | 'number' | 'other';

/**
 * How a signature is made from a secret and a message. Written in hexadecimal digits.
 *
 * - `md5_hash`: MD5 of the message and the secret behind it. Weak: whoever can choose messages can find two with one
 * signature.
 * - `hmac_md5`: HMAC with MD5.
 * - `hmac_sha1`: HMAC with SHA-1.
 * - `hmac_sha256`: HMAC with SHA-256.
 * - `hmac_sha512`: HMAC with SHA-512.
 */
export type SignatureAlgorithm = 'md5_hash' | 'hmac_md5' | 'hmac_sha1' | 'hmac_sha256' | 'hmac_sha512';

/**
 * Why an event is believed.
 *
 * - `signed`: It is signed as the provider documents, or the program's own verifier took it.
 * - `unverified`: It is signed in a way that no page of the provider's confirms.
 * - `unsigned`: It is not: the program said that this account signs nothing. Anybody may have sent it.
 */
export type Trust = 'signed' | 'unverified' | 'unsigned';

/** By which they are converted from JSON. */
export const events: Types = {
  Event: 'provider kind id:id phone_number sender text code occurred_at:date trust native:native raw:text[]',
};
