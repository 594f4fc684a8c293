// Generated from the core's registry by `cargo xtask generate`. Changes here are lost.

import type { Tables } from '../codec.js';
import type { Id, Money, NoParams, Operation, PagedOperation, Secret, SecretText } from '../types.js';

/** The operations of Vonage. */
export interface Vonage {
  /**
   * Read the account's credit.
   *
   * `GET /account/get-balance` · reads
   */
  readonly getBalance: Operation<NoParams, Balance>;
  /**
   * Read what texts to one country cost, in Vonage's older form. One request a second is allowed. (The table of keys on
   * its page is that of the balance; the sample holds.)
   *
   * `GET /account/get-pricing/outbound` · reads
   */
  readonly getPricing: Operation<GetPricingParams, CountryPricing>;
  /**
   * Set the account's secret and callbacks; with nothing given, only read them. A client signs with a new secret from
   * its reply on, other processes must be told. If the answer is lost, either secret may be the one that holds.
   *
   * `POST /account/settings` · sets
   */
  readonly updateSettings: Operation<UpdateSettingsParams, Settings>;
  /**
   * List the account's numbers. A number has no status: it is owned while it is listed.
   *
   * `GET /account/numbers` · reads
   */
  readonly listNumbers: PagedOperation<ListNumbersParams, OwnedNumber>;
  /**
   * Search the numbers that can be bought in one country. Sent to `/number/search`: the `/numbers/search` of the page
   * was a slip, corrected there in July 2017.
   *
   * `GET /number/search` · reads
   */
  readonly searchAvailable: PagedOperation<SearchAvailableParams, AvailableNumber>;
  /**
   * Buy a number that `vonage.searchAvailable` gives; it then renews itself every month. Spends: Vonage has no
   * idempotency keys, but sells a number once, so that a purchase whose answer is lost is looked for among the numbers
   * owned, and sent again only if it is not there. A trial account is refused as `unauthenticated`, whatever its
   * credentials.
   *
   * `POST /number/buy` · spends
   */
  readonly buyNumber: Operation<BuyNumberParams, Confirmation>;
  /**
   * Give a number up, at once. No page says whether money comes back. Cancelling a number that the account does not
   * have is `refused`, so that a second try after a lost answer may end in `refused`, with a `delivery` of `unknown`:
   * look whether `vonage.listNumbers` still has it.
   *
   * `POST /number/cancel` · sets
   */
  readonly cancelNumber: Operation<CancelNumberParams, Confirmation>;
  /**
   * Set where a number sends what it receives. What is not given is not sent; no page says whether Vonage then keeps
   * it.
   *
   * `POST /number/update` · sets
   */
  readonly updateNumber: Operation<UpdateNumberParams, Confirmation>;
  /**
   * Add credit, as much as the payment did with which auto-reload was enabled. Spends: nothing tells one top-up from
   * another, so that it is never sent again after a lost answer.
   *
   * `POST /account/top-up` · spends
   */
  readonly topUp: Operation<TopUpParams, TopUpConfirmation>;
  /**
   * Read what texts or calls to one country cost. One request a second is allowed.
   *
   * `GET /account/get-pricing/outbound/{product}` · reads
   */
  readonly getProductPricing: Operation<GetProductPricingParams, CountryPricing>;
  /**
   * List what texts or calls cost, to every country at once. One request a second is allowed.
   *
   * `GET /account/get-full-pricing/outbound/{product}` · reads
   */
  readonly listProductPricing: Operation<ListProductPricingParams, PriceList>;
  /**
   * List what texts or calls cost to the countries that share a prefix. One request a second is allowed.
   *
   * `GET /account/get-prefix-pricing/outbound/{product}` · reads
   */
  readonly listPrefixPricing: Operation<ListPrefixPricingParams, PriceList>;
}

/** Parameters of `vonage.getPricing`. */
export interface GetPricingParams {
  /** ISO 3166-1 alpha-2, such as `CA`. */
  country: string;
}

/** Parameters of `vonage.updateSettings`. */
export interface UpdateSettingsParams {
  /** Where delivery receipts are sent, likewise. (`drCallBackUrl` at Vonage, cleared by an empty text.) */
  drCallbackUrl?: string | null | undefined;
  /**
   * Where inbound texts are sent; the address must answer a `GET` with status 200 when it is set. (`moCallBackUrl` at
   * Vonage, cleared by an empty text.)
   */
  moCallbackUrl?: string | null | undefined;
  /**
   * A new API secret: 8 to 25 letters and digits, of them at least one digit, one lower and one upper case letter.
   * Later pages of Vonage no longer have it. (`newSecret` at Vonage.)
   */
  newSecret?: SecretText | undefined;
}

/** Parameters of `vonage.listNumbers`. */
export interface ListNumbersParams {
  /** Only numbers of this application. Beyond the page. */
  applicationId?: Id | undefined;
  /** Only of this country, ISO 3166-1 alpha-2. Beyond the page. */
  country?: string | undefined;
  /** Only numbers that are with an application, or only those that are not. Beyond the page. */
  hasApplication?: boolean | undefined;
  /** Which page, from 1; `next` of a page is the one after it. */
  index?: number | undefined;
  /** Only numbers with these digits; a leading `+` is not sent. */
  pattern?: string | undefined;
  /** Where the digits must be; by default at the start. */
  searchPattern?: SearchPattern | undefined;
  /** How many to a page, 1 to 100; 10 where not given. */
  size?: number | undefined;
}

/** Parameters of `vonage.searchAvailable`. */
export interface SearchAvailableParams {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** Only numbers that can do all of this; the order is of no account. */
  features?: readonly Feature[] | undefined;
  /** Which page, from 1; `next` of a page is the one after it. */
  index?: number | undefined;
  /** Only numbers of this type. Beyond the page. */
  numberType?: NumberType | undefined;
  /** Only numbers with these digits; a leading `+` is not sent. */
  pattern?: string | undefined;
  /** Where the digits must be; by default at the start. */
  searchPattern?: SearchPattern | undefined;
  /** How many to a page, 1 to 100; 10 where not given. */
  size?: number | undefined;
}

/** Parameters of `vonage.buyNumber`. */
export interface BuyNumberParams {
  /** `country` of the number, as it was found. */
  country: string;
  /** The number. (`msisdn` at Vonage, without `+`.) */
  phoneNumber: string;
  /**
   * For this subaccount. Its numbers are not among those listed, so that a lost answer is never settled, and the
   * purchase never sent again. Beyond the page.
   */
  targetApiKey?: Id | undefined;
}

/** Parameters of `vonage.cancelNumber`. */
export interface CancelNumberParams {
  /** `country` of the number, as it is listed. */
  country: string;
  /** The number. (`msisdn` at Vonage, without `+`.) */
  phoneNumber: string;
  /** Of this subaccount. Beyond the page. */
  targetApiKey?: Id | undefined;
}

/** Parameters of `vonage.updateNumber`. */
export interface UpdateNumberParams {
  /** `country` of the number, as it is listed. */
  country: string;
  /** The number. (`msisdn` at Vonage, without `+`.) */
  phoneNumber: string;
  /** The application that takes what the number receives. */
  appId?: Id | undefined;
  /**
   * `app`, given with `messagesCallbackValue`; Vonage recommends `appId` in place of both. (`messagesCallbackType` at
   * Vonage.)
   */
  messagesCallbackType?: CallbackType | undefined;
  /** Id of an application. (`messagesCallbackValue` at Vonage.) */
  messagesCallbackValue?: string | undefined;
  /**
   * Where texts are sent; the address must answer a `GET` with status 200 when it is set. (`moHttpUrl` at Vonage,
   * cleared by an empty text.)
   */
  moHttpUrl?: string | null | undefined;
  /** System type of an SMPP client. (`moSmppSysType` at Vonage.) */
  moSmppSysType?: string | undefined;
  /** The kind of `voiceCallbackValue`, given with it. (`voiceCallbackType` at Vonage.) */
  voiceCallbackType?: CallbackType | undefined;
  /**
   * What takes calls: a SIP address, a telephone number in digits, or the id of an application. (`voiceCallbackValue`
   * at Vonage.)
   */
  voiceCallbackValue?: string | undefined;
  /** Where the end of a call is told. (`voiceStatusCallback` at Vonage.) */
  voiceStatusCallback?: string | undefined;
}

/** Parameters of `vonage.topUp`. */
export interface TopUpParams {
  /** Reference of that payment. */
  trx: Id;
}

/** Parameters of `vonage.getProductPricing`. */
export interface GetProductPricingParams {
  /** Of what. (`type` at Vonage.) */
  product: Product;
  /** ISO 3166-1 alpha-2, such as `CA`. */
  country: string;
}

/** Parameters of `vonage.listProductPricing`. */
export interface ListProductPricingParams {
  /** Of what. (`type` at Vonage.) */
  product: Product;
}

/** Parameters of `vonage.listPrefixPricing`. */
export interface ListPrefixPricingParams {
  /** Of what. (`type` at Vonage.) */
  product: Product;
  /** The countries' prefix, such as `44`; a leading `+` is not sent. */
  prefix: string;
}

/** A number that can be bought. Nothing holds it until it is. */
export interface AvailableNumber {
  /** ISO 3166-1 alpha-2. `vonage.buyNumber` asks for it again. */
  country: string;
  /** The number. (`msisdn` at Vonage, without `+`.) */
  phoneNumber: string;
  /** What it costs a month, in euros: the pages say so, the reply names no currency. */
  cost: Money | null;
  /** What it is. (`type` at Vonage.) */
  numberType: NumberType | null;
  /** What it can do. */
  features: Feature[];
}

/** What is left to spend. */
export interface Balance {
  /**
   * With up to eight decimals. The pages say euros; the reply names no currency, also for an account that is billed in
   * another. (`value` at Vonage.)
   */
  balance: Money;
  /** Whether the account tops itself up. (`autoReload` at Vonage.) */
  autoReload: boolean | null;
}

export type CallbackType = 'sip' | 'tel' | 'app' | 'vxml' | (string & {});

/** Vonage did it. Its reply holds a code and a label and nothing of the number: `vonage.listNumbers` shows it. */
export interface Confirmation {
  /** As it was given. */
  country: string;
  /** As it was given. */
  phoneNumber: string;
  /** `200`. Absent where the answer was lost and the number was then found among those owned. */
  errorCode: string | null;
  /** `success`. Absent as `errorCode` is. */
  errorCodeLabel: string | null;
}

/**
 * What sending to one country costs. Not what a number there costs: for that see `cost` of `vonage.searchAvailable`.
 */
export interface CountryPricing {
  /** ISO 3166-1 alpha-2; not in every list. (`country` or `countryCode` at Vonage.) */
  country: string | null;
  /** For people. (`name` or `countryName` at Vonage.) */
  countryName: string | null;
  /** For people. */
  countryDisplayName: string | null;
  /** The country's prefix, without `+`. (`prefix` or `dialingPrefix` at Vonage.) */
  dialingPrefix: string | null;
  /**
   * Per message, or per minute of a call, where the network has no price of its own. In euros where Vonage names no
   * currency; accounts that are billed in another may mean that. (`mt` or `defaultPrice` at Vonage.)
   */
  defaultPrice: Money | null;
  /** The country's networks. */
  networks: NetworkPricing[];
}

export type Feature = 'SMS' | 'VOICE' | 'MMS' | (string & {});

/** What sending to one network costs. */
export interface NetworkPricing {
  /** Country and network code in one. (`code` or `networkCode` at Vonage.) */
  networkCode: string | null;
  /** For people. (`network`, in XML `name`, or `networkName` at Vonage.) */
  networkName: string | null;
  /** `mobile`, `landline` and the like. (`type` at Vonage.) */
  networkType: string | null;
  /** Mobile country code. */
  mcc: string | null;
  /** Mobile network code. */
  mnc: string | null;
  /** Per message, or per minute of a call; currency as for `defaultPrice`. (`mtPrice` or `price` at Vonage.) */
  price: Money | null;
  /** Prefixes of the network's numbers. */
  ranges: string[];
  /** Other codes of the same network. */
  aliases: string[];
}

export type NumberType = 'mobile-lvn' | 'landline' | 'landline-toll-free' | 'mobile' | (string & {});

/** A number of the account. */
export interface OwnedNumber {
  /** ISO 3166-1 alpha-2. `vonage.cancelNumber` and `vonage.updateNumber` ask for it again. */
  country: string;
  /** The number. (`msisdn` at Vonage, without `+`.) */
  phoneNumber: string;
  /** What it is. (`type` at Vonage.) */
  numberType: NumberType | null;
  /** What it can do. */
  features: Feature[];
  /** Where texts to it are sent. (`moHttpUrl` at Vonage.) */
  moHttpUrl: string | null;
  /** The kind of what takes calls to it. (`voiceCallbackType` at Vonage.) */
  voiceCallbackType: CallbackType | null;
  /**
   * What takes calls to it: a SIP address, a telephone number or the id of an application. (`voiceCallbackValue` at
   * Vonage.)
   */
  voiceCallbackValue: string | null;
  /** Where the end of a call is told. (`voiceStatusCallback` at Vonage.) Beyond the page. */
  voiceStatusCallback: string | null;
  /** Always `app`. (`messagesCallbackType` at Vonage.) Beyond the page. */
  messagesCallbackType: CallbackType | null;
  /** Id of the application that takes messages. (`messagesCallbackValue` at Vonage.) Beyond the page. */
  messagesCallbackValue: string | null;
  /** Id of the application that it is with. Beyond the page. */
  appId: string | null;
}

/** Prices of several countries. */
export interface PriceList {
  /** How many there are, by Vonage's own count. */
  count: number | null;
  /** The countries. (`countries`, in an older form `prices`, at Vonage.) */
  countries: CountryPricing[];
}

export type Product = 'sms' | 'sms-transit' | 'voice' | (string & {});

/**
 * Where in a number the pattern must be. (0, 1 and 2 at Vonage.)
 *
 * - `starts_with`: At its start, the country's prefix included.
 * - `anywhere`: Anywhere.
 * - `ends_with`: At its end.
 */
export type SearchPattern = 'starts_with' | 'anywhere' | 'ends_with';

/** The account's settings as they are now. */
export interface Settings {
  /** The API secret, the new one if one was set. Later pages of Vonage no longer have it. (`api-secret` at Vonage.) */
  apiSecret: Secret | null;
  /** Where inbound texts are sent; absent where nothing is set. (`mo-callback-url` at Vonage.) */
  moCallbackUrl: string | null;
  /** Where delivery receipts are sent; absent where nothing is set. (`dr-callback-url` at Vonage.) */
  drCallbackUrl: string | null;
  /** How many texts may be sent in a second. (`max-outbound-request` at Vonage.) */
  maxOutboundRequest: number | null;
  /** How many texts are passed on in a second. (`max-inbound-request` at Vonage.) */
  maxInboundRequest: number | null;
  /** How many calls of the API may be made in a second. (`max-calls-per-second` at Vonage.) Beyond the page. */
  maxCallsPerSecond: number | null;
}

/** Vonage did it. Its reply holds neither the sum nor the new balance: see `vonage.getBalance`. */
export interface TopUpConfirmation {
  /** `200`. */
  errorCode: string;
  /** `success`. */
  errorCodeLabel: string | null;
}

/** By which values are converted to and from JSON. */
export const tables: Tables = {
  operations: {
    get_balance: { gives: 'Balance' },
    get_pricing: { takes: 'GetPricingParams', gives: 'CountryPricing' },
    update_settings: { takes: 'UpdateSettingsParams', gives: 'Settings' },
    list_numbers: { takes: 'ListNumbersParams', gives: 'Page<OwnedNumber>', all: 'OwnedNumber' },
    search_available: { takes: 'SearchAvailableParams', gives: 'Page<AvailableNumber>', all: 'AvailableNumber' },
    buy_number: { takes: 'BuyNumberParams', gives: 'Confirmation', spends: true },
    cancel_number: { takes: 'CancelNumberParams', gives: 'Confirmation' },
    update_number: { takes: 'UpdateNumberParams', gives: 'Confirmation' },
    top_up: { takes: 'TopUpParams', gives: 'TopUpConfirmation', spends: true },
    get_product_pricing: { takes: 'GetProductPricingParams', gives: 'CountryPricing' },
    list_product_pricing: { takes: 'ListProductPricingParams', gives: 'PriceList' },
    list_prefix_pricing: { takes: 'ListPrefixPricingParams', gives: 'PriceList' },
  },
  types: {
    GetPricingParams: 'country!',
    UpdateSettingsParams: 'dr_callback_url~ mo_callback_url~ new_secret:secret',
    ListNumbersParams: 'application_id:id country has_application:bool index:int pattern search_pattern size:int',
    SearchAvailableParams: 'country! features:text[] index:int number_type pattern search_pattern size:int',
    BuyNumberParams: 'country! phone_number! target_api_key:id',
    CancelNumberParams: 'country! phone_number! target_api_key:id',
    UpdateNumberParams:
      'country! phone_number! app_id:id messages_callback_type messages_callback_value mo_http_url~ ' +
      'mo_smpp_sys_type voice_callback_type voice_callback_value voice_status_callback',
    TopUpParams: 'trx!:id',
    GetProductPricingParams: 'product! country!',
    ListProductPricingParams: 'product!',
    ListPrefixPricingParams: 'product! prefix!',
    AvailableNumber: 'country phone_number cost:money number_type features:text[]',
    Balance: 'balance:money auto_reload:bool',
    Confirmation: 'country phone_number error_code error_code_label',
    CountryPricing:
      'country country_name country_display_name dialing_prefix default_price:money networks:NetworkPricing[]',
    NetworkPricing: 'network_code network_name network_type mcc mnc price:money ranges:text[] aliases:text[]',
    OwnedNumber:
      'country phone_number number_type features:text[] mo_http_url voice_callback_type voice_callback_value ' +
      'voice_status_callback messages_callback_type messages_callback_value app_id',
    PriceList: 'count:int countries:CountryPricing[]',
    Settings:
      'api_secret:secret mo_callback_url dr_callback_url max_outbound_request:int max_inbound_request:int ' +
      'max_calls_per_second:int',
    TopUpConfirmation: 'error_code error_code_label',
  },
};
