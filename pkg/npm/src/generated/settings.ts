// Generated from the core's registry by `cargo xtask generate`. Changes here are lost.

import type { Types } from '../codec.js';
import type { SecretText } from '../types.js';

/** Settings that every account has. */
export interface CommonSettings {
  /** where the provider is: https, or http on loopback */
  baseUrl?: string | undefined;
  /** 60/60: requests/seconds, or none; the provider's own unless set */
  rateLimit?: string | undefined;
  /** +01:00: of times that the provider writes without a zone; UTC unless set */
  utcOffset?: string | undefined;
  /** how many seconds the provider remembers an idempotency key */
  idempotencyWindow?: number | undefined;
  /** how many bytes a reply may have: 16 MiB unless set */
  bodyLimit?: number | undefined;
  /** 20.00 USD/86400: the most that purchases may cost in so many seconds; none unless set */
  spendLimit?: string | undefined;
}

/** Settings of an account at TempNumber. */
export interface TempNumberSettings extends CommonSettings {
  /** the token from its dashboard, API Access, with the scope api:access */
  token: SecretText;
}

/** Settings of an account at RentNumber. */
export interface RentNumberSettings extends CommonSettings {
  /** the key from its API Key page, rn_…; services, countries and prices need none */
  apiKey?: SecretText | undefined;
}

/** Settings of an account at Sinch. */
export interface SinchSettings extends CommonSettings {
  /** the project's id, from the Sinch dashboard */
  projectId: string;
  /** the access key's id (clientId on older pages) */
  keyId: string;
  /** the access key's secret (clientSecret on older pages) */
  keySecret: SecretText;
  /** v1 (the default) or v1alpha1, the one of 2020 with five operations */
  version?: 'v1' | 'v1alpha1' | undefined;
  /** oauth2 (the default under v1) or basic (under v1alpha1) */
  auth?: 'oauth2' | 'basic' | undefined;
  /** where access tokens are fetched: https://auth.sinch.com unless set */
  authUrl?: string | undefined;
}

/** Settings of an account at Voepy. */
export interface VoepySettings extends CommonSettings {
  /** an API key; what it may do depends on its scopes */
  apiKey: SecretText;
  /** where it is: Voepy does not document its host */
  baseUrl: string;
}

/** Settings of an account at Vonage. */
export interface VonageSettings extends CommonSettings {
  /** the account's API key, from its dashboard */
  apiKey: string;
  /** the account's API secret, from its dashboard */
  apiSecret: SecretText;
  /** basic (default): HTTP Basic; query: the credentials go into every URL, as in 2017 */
  auth?: 'basic' | 'query' | undefined;
  /** json (default) or xml: in which form Vonage answers; results are the same */
  format?: 'json' | 'xml' | undefined;
  /** as `rateLimit`, for the calls that this one is for */
  pricingRateLimit?: string | undefined;
}

/** An account at each provider. */
export interface Accounts {
  tempnumber?: TempNumberSettings | undefined;
  rentnumber?: RentNumberSettings | undefined;
  sinch?: SinchSettings | undefined;
  voepy?: VoepySettings | undefined;
  vonage?: VonageSettings | undefined;
}

/** An account under a name of its own, so that there may be several at one provider. */
export type NamedAccount =
  | ({ provider: 'tempnumber' } & TempNumberSettings)
  | ({ provider: 'rentnumber' } & RentNumberSettings)
  | ({ provider: 'sinch' } & SinchSettings)
  | ({ provider: 'voepy' } & VoepySettings)
  | ({ provider: 'vonage' } & VonageSettings);

/** By which settings are converted to JSON. */
export const settings: Types = {
  TempNumberSettings: 'token!:secret base_url rate_limit utc_offset idempotency_window:int body_limit:int spend_limit',
  RentNumberSettings: 'api_key:secret base_url rate_limit utc_offset idempotency_window:int body_limit:int spend_limit',
  SinchSettings:
    'project_id! key_id! key_secret!:secret version auth auth_url base_url rate_limit utc_offset ' +
    'idempotency_window:int body_limit:int spend_limit',
  VoepySettings: 'api_key!:secret base_url! rate_limit utc_offset idempotency_window:int body_limit:int spend_limit',
  VonageSettings:
    'api_key! api_secret!:secret auth format base_url rate_limit utc_offset idempotency_window:int body_limit:int ' +
    'spend_limit pricing_rate_limit',
};
