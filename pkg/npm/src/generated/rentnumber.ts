// Generated from the core's registry by `cargo xtask generate`. Changes here are lost.

import type { Tables } from '../codec.js';
import type { Id, Money, NoParams, Operation, WaitingOperation } from '../types.js';

/** The operations of RentNumber. */
export interface RentNumber {
  /**
   * Read the wallet's balance.
   *
   * `GET /balance` · reads
   */
  readonly getBalance: Operation<NoParams, Balance>;
  /**
   * List the services that numbers can be rented for. Needs no key.
   *
   * `GET /services` · reads
   */
  readonly listServices: Operation<NoParams, OfferedService[]>;
  /**
   * List the countries that numbers can be from. Needs no key.
   *
   * `GET /countries` · reads
   */
  readonly listCountries: Operation<NoParams, Country[]>;
  /**
   * List the prices of one service, by supplier and country. Needs no key.
   *
   * `GET /services/{slug}/prices` · reads
   */
  readonly listPrices: Operation<ListPricesParams, Prices>;
  /**
   * Rent the number behind one price. Spends: RentNumber has no idempotency keys, so a rental whose answer is lost is
   * looked for in the list of rentals, and never sent again.
   *
   * `POST /rent` · spends
   */
  readonly rent: Operation<RentParams, Rental>;
  /**
   * Read one rental and the SMS it received. Can be waited for, until the SMS is there. RentNumber asks its supplier
   * each time, so that status 502 says nothing about the rental.
   *
   * `GET /rental/{rental_id}` · reads
   */
  readonly getRental: WaitingOperation<GetRentalParams, Rental>;
  /**
   * Cancel a rental. The money comes back if no SMS was received.
   *
   * `POST /rental/{rental_id}/cancel` · sets
   */
  readonly cancelRental: Operation<CancelRentalParams, Cancellation>;
  /**
   * List the last hundred rentals.
   *
   * `GET /rentals` · reads
   */
  readonly listRentals: Operation<NoParams, PastRental[]>;
}

/** Parameters of `rentnumber.listPrices`. */
export interface ListPricesParams {
  /** `slug` of a service that `rentnumber.listServices` gives. */
  slug: string;
  /** Only this country: `id` of one that `rentnumber.listCountries` gives. */
  countryId?: Id | undefined;
}

/** Parameters of `rentnumber.rent`. */
export interface RentParams {
  /** `id` of a price that `rentnumber.listPrices` gives. */
  pricingId: Id;
}

/** Parameters of `rentnumber.getRental`. */
export interface GetRentalParams {
  /** Which. */
  rentalId: Id;
}

/** Parameters of `rentnumber.cancelRental`. */
export interface CancelRentalParams {
  /** Which. */
  rentalId: Id;
}

/** What is in the wallet. */
export interface Balance {
  /** What can be spent. */
  balance: Money;
}

/** What became of it. */
export interface Cancellation {
  /** What the rental is now. */
  status: RentalStatus;
  /** Whether the money came back. */
  refunded: boolean;
  /** How much of it, in naira. */
  amount: Money;
}

/** A country that numbers can be from. */
export interface Country {
  /** For `countryId` of `rentnumber.listPrices`, which does not take the ISO code. */
  id: string;
  /** ISO 3166-1 alpha-2. */
  isoCode: string;
  /** For people. */
  name: string;
  /** An emoji. */
  flag: string | null;
}

/** A service that numbers can be rented for. */
export interface OfferedService {
  /** RentNumber's number of it. */
  id: string;
  /** For `rentnumber.listPrices`. */
  slug: string;
  /** For people. */
  name: string;
  /** How many suppliers offer it. */
  providerCount: number | null;
  /** The lowest price, in naira. */
  minPrice: Money;
}

/** A rental as the list shows it: without SMS, code and end. */
export interface PastRental {
  /** For `rentnumber.getRental`. */
  rentalId: string;
  /** The service, for people. */
  service: string | null;
  /** The country, for people. */
  country: string | null;
  /** The supplier, for people. */
  provider: string | null;
  /** Absent while it is still being allocated. (`phone` at RentNumber.) */
  phoneNumber: string | null;
  /** How far along it is. */
  status: RentalStatus;
  /** What it cost, in naira. */
  cost: Money;
  /** Written without a zone: read in the account's `utcOffset`. */
  createdAt: Date | null;
}

/** One offer. */
export interface Price {
  /** The `pricingId` of `rentnumber.rent`. */
  id: string;
  /** What a rental costs, in naira. Nothing holds it until the rental: compare `cost` of the rental. */
  finalPrice: Money;
  /** How many there are; an offer is listed also when it is 0. */
  stock: number | null;
  /** The supplier's number. */
  providerId: string | null;
  /** The supplier's name. */
  providerName: string | null;
  /** RentNumber's number of the country. */
  countryId: string | null;
  /** The country, for people. */
  countryName: string | null;
  /** The country, ISO 3166-1 alpha-2. */
  isoCode: string | null;
}

/** The prices of one service. */
export interface Prices {
  /** The service asked for. */
  service: Service | null;
  /** What can be rented. (`data` at RentNumber.) */
  prices: Price[];
}

/** A number rented for one service, and the SMS it received. */
export interface Rental {
  /** For `rentnumber.getRental` and `rentnumber.cancelRental`. */
  rentalId: string;
  /** Absent while it is still being allocated. (`phone` at RentNumber.) */
  phoneNumber: string | null;
  /** How far along it is. */
  status: RentalStatus;
  /** The code that RentNumber found in the SMS; an SMS can be there without one. */
  code: string | null;
  /** The SMS. */
  sms: string | null;
  /** What it cost, in naira. */
  cost: Money;
  /** Absent in the answer to `rentnumber.rent`. Written without a zone: read in the account's `utcOffset`. */
  createdAt: Date | null;
  /** When it ends. Written without a zone by `rentnumber.getRental`: read in the account's `utcOffset`. */
  expiresAt: Date | null;
}

export type RentalStatus =
  | 'pending'
  | 'waiting'
  | 'received'
  | 'completed'
  | 'cancelled'
  | 'expired'
  | 'refunded'
  | (string & {});

/** A service. */
export interface Service {
  /** RentNumber's number of it. */
  id: string;
  /** Its name in paths. */
  slug: string;
  /** For people. */
  name: string;
}

/** By which values are converted to and from JSON. */
export const tables: Tables = {
  operations: {
    get_balance: { gives: 'Balance' },
    list_services: { gives: 'OfferedService[]' },
    list_countries: { gives: 'Country[]' },
    list_prices: { takes: 'ListPricesParams', gives: 'Prices' },
    rent: { takes: 'RentParams', gives: 'Rental', spends: true },
    get_rental: { takes: 'GetRentalParams', gives: 'Rental', wait: true },
    cancel_rental: { takes: 'CancelRentalParams', gives: 'Cancellation' },
    list_rentals: { gives: 'PastRental[]' },
  },
  types: {
    ListPricesParams: 'slug! country_id:id',
    RentParams: 'pricing_id!:id',
    GetRentalParams: 'rental_id!:id',
    CancelRentalParams: 'rental_id!:id',
    Balance: 'balance:money',
    Cancellation: 'status refunded:bool amount:money',
    Country: 'id:id iso_code name flag',
    OfferedService: 'id:id slug name provider_count:int min_price:money',
    PastRental: 'rental_id:id service country provider phone_number status cost:money created_at:date',
    Price: 'id:id final_price:money stock:int provider_id:id provider_name country_id:id country_name iso_code',
    Prices: 'service:Service prices:Price[]',
    Rental: 'rental_id:id phone_number status code sms cost:money created_at:date expires_at:date',
    Service: 'id:id slug name',
  },
};
