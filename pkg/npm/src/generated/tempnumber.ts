// Generated from the core's registry by `cargo xtask generate`. Changes here are lost.

import type { Tables } from '../codec.js';
import type { Id, KeyedCallOptions, Money, NoParams, Operation, PagedOperation } from '../types.js';

/** The operations of TempNumber. */
export interface TempNumber {
  /**
   * Read the wallet's balance.
   *
   * `GET /account` · reads
   */
  readonly getAccount: Operation<NoParams, Account>;
  /**
   * List the prices of every country. They are live: nothing holds one until the purchase.
   *
   * `GET /pricing` · reads
   */
  readonly listPricing: Operation<NoParams, CountryPricing[]>;
  /**
   * Read the prices of one country.
   *
   * `GET /pricing/{country_code}` · reads
   */
  readonly getCountryPricing: Operation<GetCountryPricingParams, CountryPricing>;
  /**
   * Ask what is in stock, before buying. Stock is not reserved by asking.
   *
   * `GET /inventory` · reads
   */
  readonly getInventory: Operation<GetInventoryParams, Inventory>;
  /**
   * Buy a new private number, paid from the wallet. Which number it is cannot be chosen. Spends: a purchase whose
   * answer is lost is sent again under the same idempotency key, while TempNumber remembers it.
   *
   * `POST /numbers/buy` · spends
   */
  readonly buyNumber: Operation<BuyNumberParams, Number, KeyedCallOptions>;
  /**
   * Extend a number. What it costs is not asked before: see `tempnumber.getCountryPricing`. Spends: a renewal whose
   * answer is lost is sent again under the same idempotency key, while TempNumber remembers it.
   *
   * `POST /numbers/{number_id}/renew` · spends
   */
  readonly renewNumber: Operation<RenewNumberParams, Number, KeyedCallOptions>;
  /**
   * Give a number up: it receives no more SMS. No refund is documented. The page does not say what the answer holds;
   * the `id` is given in any case.
   *
   * `POST /numbers/{number_id}/cancel` · sets
   */
  readonly cancelNumber: Operation<CancelNumberParams, Number, KeyedCallOptions>;
  /**
   * List the numbers on the account, newest first; no paging is documented.
   *
   * `GET /numbers` · reads
   */
  readonly listNumbers: Operation<ListNumbersParams, Number[]>;
  /**
   * Read one number and the SMS it received. The only way to read one number: TempNumber has no other. Sixty requests a
   * minute are allowed in all, so that looking every two seconds takes half of them.
   *
   * `GET /numbers/{number_id}/sms` · reads
   */
  readonly listNumberSms: Operation<ListNumberSmsParams, NumberSms>;
  /**
   * Read the SMS that a number of the account received, by its phone number instead of its id.
   *
   * `GET /receive-sms` · reads
   */
  readonly receiveSms: PagedOperation<ReceiveSmsParams, Sms>;
}

/** Parameters of `tempnumber.getCountryPricing`. */
export interface GetCountryPricingParams {
  /** ISO 3166-1 alpha-2, in capitals or not. (`countryCode` at TempNumber.) */
  countryCode: string;
}

/** Parameters of `tempnumber.getInventory`. */
export interface GetInventoryParams {
  /** ISO 3166-1 alpha-2, in capitals or not. */
  countryCode: string;
  /** Only for this long: `duration` of a package that `tempnumber.getCountryPricing` gives. */
  duration?: string | undefined;
  /** Only this kind of line. */
  numberType?: NumberType | undefined;
}

/** Parameters of `tempnumber.buyNumber`. */
export interface BuyNumberParams {
  /** `countryCode` of a country that `tempnumber.listPricing` gives, in capitals or not. */
  countryCode: string;
  /** `duration` of one of that country's packages. */
  duration: string;
  /** The kind of line; by default whatever TempNumber chooses. */
  numberType?: NumberType | undefined;
}

/** Parameters of `tempnumber.renewNumber`. */
export interface RenewNumberParams {
  /** `id` of a number that `tempnumber.listNumbers` gives. */
  numberId: Id;
  /** For how long; by default a month. */
  package?: RenewalPackage | undefined;
}

/** Parameters of `tempnumber.cancelNumber`. */
export interface CancelNumberParams {
  /** `id` of a number that `tempnumber.listNumbers` gives. */
  numberId: Id;
}

/** Parameters of `tempnumber.listNumbers`. */
export interface ListNumbersParams {
  /** Which; by default all. */
  status?: NumberFilter | undefined;
}

/** Parameters of `tempnumber.listNumberSms`. */
export interface ListNumberSmsParams {
  /** `id` of a number that `tempnumber.listNumbers` gives. */
  numberId: Id;
}

/** Parameters of `tempnumber.receiveSms`. */
export interface ReceiveSmsParams {
  /**
   * The number. (`phoneNumber` at TempNumber; sent without the `+`, which a query would turn into a space where it is
   * not escaped.)
   */
  phoneNumber: string;
  /** `next` of the page before. */
  cursor?: string | undefined;
  /** How many to a page, 1 to 100; by default 50. */
  limit?: number | undefined;
}

/** The account. */
export interface Account {
  /** What can be spent. Its currency is the one that the reply names, and absent where it names none. */
  balance: Money;
}

/** What numbers of one country cost. */
export interface CountryPricing {
  /** ISO 3166-1 alpha-2: the `countryCode` of `tempnumber.buyNumber`. */
  countryCode: string;
  /** For people. */
  countryName: string | null;
  /** What can be bought there. */
  packages: Package[];
}

/**
 * What is in stock. TempNumber documents no field of it: each is absent where the reply has it under no name that is
 * known here.
 */
export interface Inventory {
  /** ISO 3166-1 alpha-2. */
  countryCode: string | null;
  /** For how long. */
  duration: string | null;
  /** The kind of line. */
  numberType: NumberType | null;
  /** How many numbers there are. */
  available: number | null;
  /** Whether there is any. */
  inStock: boolean | null;
}

/**
 * A number on the account. TempNumber documents no field of it: all but `id` is absent where the reply has it under no
 * name that is known here.
 */
export interface Number {
  /** For `tempnumber.renewNumber`, `tempnumber.cancelNumber` and `tempnumber.listNumberSms`. */
  id: string;
  /** In E.164. */
  phoneNumber: string | null;
  /** ISO 3166-1 alpha-2. */
  countryCode: string | null;
  /** The kind of line. */
  numberType: NumberType | null;
  /** How far along it is. */
  status: NumberStatus | null;
  /** The package that it was bought or renewed for. */
  duration: string | null;
  /** What it cost, in US dollars unless the reply says otherwise. */
  price: Money | null;
  /** When it was bought. A time written without a zone is read in the account's `utcOffset`. */
  createdAt: Date | null;
  /** When it ends, unless it is renewed. A time written without a zone is read in the account's `utcOffset`. */
  expiresAt: Date | null;
}

export type NumberFilter = 'active' | 'expiring_soon' | 'expired' | 'cancelled' | 'all' | (string & {});

/** A number and the SMS it received. */
export interface NumberSms {
  /** The number. */
  number: Number;
  /** What it received, newest first. */
  sms: Sms[];
}

export type NumberStatus = 'active' | 'expiring_soon' | 'expired' | 'cancelled' | (string & {});

export type NumberType = 'voip' | 'non_voip' | (string & {});

/** One price: a number for so long. */
export interface Package {
  /**
   * The `duration` of `tempnumber.buyNumber`, such as `oneMonth`. Not declared to be a `package` of
   * `tempnumber.renewNumber`.
   */
  duration: string;
  /** Final, in US dollars. Absent where the reply has it under no name that is known here. */
  price: Money | null;
  /** The kind of line, where the price is for one kind only. */
  numberType: NumberType | null;
}

export type RenewalPackage = 'oneMonth' | 'threeMonths' | 'sixMonths' | 'oneYear' | (string & {});

/**
 * An SMS that a number received. TempNumber documents no field of it: each is absent where the reply has it under no
 * name that is known here.
 */
export interface Sms {
  /** TempNumber's number of it. */
  id: string | null;
  /** Who sent it: a number, or a name such as “Acme”. (`from` at TempNumber, as far as is known.) */
  sender: string | null;
  /** What it says. (`message` at TempNumber, as far as is known.) */
  text: string | null;
  /** When it came. A time written without a zone is read in the account's `utcOffset`. */
  receivedAt: Date | null;
}

/** By which values are converted to and from JSON. */
export const tables: Tables = {
  operations: {
    get_account: { gives: 'Account' },
    list_pricing: { gives: 'CountryPricing[]' },
    get_country_pricing: { takes: 'GetCountryPricingParams', gives: 'CountryPricing' },
    get_inventory: { takes: 'GetInventoryParams', gives: 'Inventory' },
    buy_number: { takes: 'BuyNumberParams', gives: 'Number', spends: true },
    renew_number: { takes: 'RenewNumberParams', gives: 'Number', spends: true },
    cancel_number: { takes: 'CancelNumberParams', gives: 'Number' },
    list_numbers: { takes: 'ListNumbersParams', gives: 'Number[]' },
    list_number_sms: { takes: 'ListNumberSmsParams', gives: 'NumberSms' },
    receive_sms: { takes: 'ReceiveSmsParams', gives: 'Page<Sms>', all: 'Sms' },
  },
  types: {
    GetCountryPricingParams: 'country_code!',
    GetInventoryParams: 'country_code! duration number_type',
    BuyNumberParams: 'country_code! duration! number_type',
    RenewNumberParams: 'number_id!:id package',
    CancelNumberParams: 'number_id!:id',
    ListNumbersParams: 'status',
    ListNumberSmsParams: 'number_id!:id',
    ReceiveSmsParams: 'phone_number! cursor limit:int',
    Account: 'balance:money',
    CountryPricing: 'country_code country_name packages:Package[]',
    Inventory: 'country_code duration number_type available:int in_stock:bool',
    Number: 'id:id phone_number country_code number_type status duration price:money created_at:date expires_at:date',
    NumberSms: 'number:Number sms:Sms[]',
    Package: 'duration price:money number_type',
    Sms: 'id:id sender text received_at:date',
  },
};
