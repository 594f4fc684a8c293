// Generated from the core's registry by `cargo xtask generate`. Changes here are lost.

import type { Tables } from '../codec.js';
import type { Id, Money, NoParams, Operation, StreamedOperation, UnifiedCallOptions } from '../types.js';

/** The operations of the unified layer. */
export interface Unified {
  /** List what each provider can do. Nothing is sent. */
  readonly capabilities: Operation<NoParams, Capabilities, UnifiedCallOptions>;
  /** Read what every account can spend. */
  readonly balances: Operation<BalancesParams, Balances, UnifiedCallOptions>;
  /** List where numbers can be from, at the providers that say. */
  readonly countries: Operation<CountriesParams, Countries, UnifiedCallOptions>;
  /** List the services that numbers are rented for, at the providers that rent them for one. */
  readonly services: Operation<ServicesParams, Services, UnifiedCallOptions>;
  /**
   * Search what can be bought, at every account at the same time. Sorted by what is charged at once: within a currency,
   * or over all of them where exchange rates are given.
   */
  readonly search: StreamedOperation<SearchParams, Offers, AccountOffers, UnifiedCallOptions>;
  /** Ask what an offer costs now, and whether it is still there: it is out of stock where it is not. */
  readonly quote: Operation<QuoteParams, Offer, UnifiedCallOptions>;
  /** Hold an offer for a while against everyone else; it ends by itself. Costs nothing. */
  readonly reserve: Operation<ReserveParams, Offer, UnifiedCallOptions>;
  /**
   * Buy one number: the first of these offers that can be bought. Spends, once: the next offer is tried only when the
   * one before it is certainly not bought. Right before it is bought each is asked for its price again, and is passed
   * over where it costs more than the offer said, or more than `maxPrice` where that is given.
   */
  readonly buy: Operation<BuyParams, Purchase, UnifiedCallOptions>;
  /** Keep a number for longer. Spends; what it costs is told by no provider beforehand. */
  readonly renew: Operation<RenewParams, Number, UnifiedCallOptions>;
  /** List the numbers of every account, those among them that are over included where the provider lists them. */
  readonly listNumbers: Operation<ListNumbersParams, Numbers, UnifiedCallOptions>;
  /** Read one number. */
  readonly getNumber: Operation<GetNumberParams, Number, UnifiedCallOptions>;
  /**
   * Look until a number can be used: its set-up is done, or it has been allocated. For five minutes, unless the timeout
   * says otherwise.
   */
  readonly waitUntilActive: Operation<WaitUntilActiveParams, Number, UnifiedCallOptions>;
  /** Change a number's label, or where it sends what it receives. What is not given stays as it is. */
  readonly configure: Operation<ConfigureParams, Number, UnifiedCallOptions>;
  /** List what a number has received, newest first. Providers that send messages as events cannot be asked for them. */
  readonly messages: Operation<MessagesParams, Message[], UnifiedCallOptions>;
  /**
   * Wait until a number has received a message: the oldest one that fits. For five minutes, unless the timeout says
   * otherwise. TempNumber and RentNumber are asked every 5 s; all who wait on one account share its rate limit, and
   * take turns where they are many: a time to wait that is shorter than a turn is refused at once (`timed_out`). Vonage
   * sends messages as events: hand them to the client (`feed`), before or during the wait.
   *
   * A message that was there before counts too, so that it does not matter which is faster, the message or who waits
   * for it: whoever waits a second time has the same one again, unless `after` says which was the last. Vonage's are
   * kept for ten minutes after they were fed, 4,096 at most. A number that is over ends the wait (`ended`).
   *
   * What a provider does not say of a message speaks not against it: at RentNumber, which tells neither sender nor
   * time, `sender` and `after` rule nothing out.
   */
  readonly waitForMessage: Operation<WaitForMessageParams, Message, UnifiedCallOptions>;
  /**
   * Read what numbers have received, of every account. As a stream: what is there, then what comes, message by message,
   * until the time is over (five minutes unless the timeout says otherwise) or every number is. Numbers that can be
   * asked for are, in turn; messages that providers send as events come in by `feed`, or by a gateway that providers
   * send them to.
   */
  readonly inbox: StreamedOperation<InboxParams, Inbox, InboxItem, UnifiedCallOptions>;
  /** Give a number up. It cannot be had back. */
  readonly release: Operation<ReleaseParams, Released, UnifiedCallOptions>;
}

/** Parameters of `client.balances`. */
export interface BalancesParams {
  /** Only these accounts; by default all. */
  accounts?: readonly string[] | undefined;
}

/** Parameters of `client.countries`. */
export interface CountriesParams {
  /** Only these accounts; by default all. */
  accounts?: readonly string[] | undefined;
}

/** Parameters of `client.services`. */
export interface ServicesParams {
  /** Only these accounts; by default all. */
  accounts?: readonly string[] | undefined;
}

/** Parameters of `client.search`. */
export interface SearchParams {
  /** Only these accounts; by default all. */
  accounts?: readonly string[] | undefined;
  /** Only what can do all of this. */
  capabilities?: readonly NumberCapability[] | undefined;
  /** ISO 3166-1 alpha-2. Sinch, Voepy and Vonage need it. */
  country?: string | undefined;
  /** Only with these digits. */
  digits?: Digits | undefined;
  /** Only of this kind. */
  kind?: NumberKind | undefined;
  /** How many of each account at most; by default 20. */
  limit?: number | undefined;
  /** Only what charges no more than this at once. */
  maxPrice?: Money | undefined;
  /** Exchange rates to compare prices by. */
  rates?: readonly Rate[] | undefined;
  /**
   * For messages of this service: `service` of one that `client.services` gives. What is good for any service is found
   * with it too. RentNumber needs it.
   */
  service?: string | undefined;
  /** Only for so long. */
  term?: TermKind | undefined;
}

/** Parameters of `client.quote`. */
export interface QuoteParams {
  /** `id` of the offer. */
  offer: Id;
}

/** Parameters of `client.reserve`. */
export interface ReserveParams {
  /** `id` of the offer. The one that comes back has another. */
  offer: Id;
}

/** Parameters of `client.buy`. */
export interface BuyParams {
  /** `id` of the offers, best first. */
  offers: readonly Id[];
  /** What is charged at once may be no more than this; by default what the offer said, where it named a price. */
  maxPrice?: Money | undefined;
}

/** Parameters of `client.renew`. */
export interface RenewParams {
  /** `id` of the number. */
  number: Id;
  /** For how many months; by default one. */
  months?: number | undefined;
}

/** Parameters of `client.listNumbers`. */
export interface ListNumbersParams {
  /** Only these accounts; by default all. */
  accounts?: readonly string[] | undefined;
}

/** Parameters of `client.getNumber`. */
export interface GetNumberParams {
  /** `id` of the number. */
  number: Id;
}

/** Parameters of `client.waitUntilActive`. */
export interface WaitUntilActiveParams {
  /** `id` of the number. */
  number: Id;
}

/** Parameters of `client.configure`. */
export interface ConfigureParams {
  /** `id` of the number. */
  number: Id;
  /** For people. Sinch and Voepy have it. */
  label?: string | null | undefined;
  /** The URL that its events are sent to: messages at Vonage, word of its set-up at Sinch (v1). */
  webhookUrl?: string | null | undefined;
}

/** Parameters of `client.messages`. */
export interface MessagesParams {
  /** `id` of the number. */
  number: Id;
}

/** Parameters of `client.waitForMessage`. */
export interface WaitForMessageParams {
  /** `id` of the number. */
  number: Id;
  /**
   * Only what came after this: a time, or `receivedAt` of the last message that was had. Providers write whole seconds:
   * what came in the second of a time is not ruled out by it.
   */
  after?: Date | undefined;
  /** Only with this in the text, whatever its case. */
  contains?: string | undefined;
  /** Only from this sender: a number or a name, whatever its case. */
  sender?: string | undefined;
  /** Only with a code in it. */
  withCode?: boolean | undefined;
}

/** Parameters of `client.inbox`. */
export interface InboxParams {
  /** `id` of the numbers; by default all that are in use, of all accounts. */
  numbers?: readonly Id[] | undefined;
}

/** Parameters of `client.release`. */
export interface ReleaseParams {
  /** `id` of the number. */
  number: Id;
}

/** What can be bought at one account. */
export interface AccountOffers {
  /** The account's name. */
  account: string;
  /** `rentnumber` */
  provider: string;
  /** Cheapest first. */
  offers: Offer[];
  /** Why there are none, where it did not answer or cannot search for this. */
  failure: Failure | null;
}

/** What an account can spend. */
export interface Balance {
  /** The account's name. */
  account: string;
  /** `rentnumber` */
  provider: string;
  /** What is in it. */
  balance: Money;
  /** How far below zero it may go, where the provider says. */
  creditLimit: Money | null;
}

/** What every account can spend. */
export interface Balances {
  /** By account. */
  balances: Balance[];
  /** The accounts that did not answer, or cannot. */
  failures: Failure[];
}

/** What each provider can do. */
export interface Capabilities {
  /** By provider. */
  providers: ProviderCapabilities[];
}

/** Where numbers can be from. */
export interface Countries {
  /** By code, and by account. */
  countries: Country[];
  /** The accounts that did not answer, or cannot. */
  failures: Failure[];
}

/** A country that numbers of one account can be from. */
export interface Country {
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** For people. */
  name: string | null;
  /** Which kinds of numbers there are, where the provider says. */
  kinds: NumberKind[];
  /** The account's name. */
  account: string;
  /** `rentnumber` */
  provider: string;
}

/**
 * Whether the provider may have acted on the request that failed.
 *
 * - `not_sent`: It certainly never reached the provider.
 * - `refused`: The provider answered that it did not do it.
 * - `unknown`: It may or may not have been carried out.
 */
export type Delivery = 'not_sent' | 'refused' | 'unknown';

/** Digits of a number. */
export interface Digits {
  /** Anywhere in it. */
  anywhere?: string | undefined;
  /** At its end. */
  end?: string | undefined;
  /** At its start, with the country code. */
  start?: string | undefined;
}

/**
 * What went wrong. One stable snake_case name in every host.
 *
 * - `invalid_input`: A parameter or setting is missing or malformed; see `field`.
 * - `unauthenticated`: The credentials are wrong, revoked or expired.
 * - `forbidden`: The credentials are good, but do not allow this.
 * - `insufficient_funds`: The account cannot pay for it.
 * - `not_found`: No such thing, or not yours.
 * - `out_of_stock`: Nothing (left) to buy.
 * - `conflict`: The state of things forbids it.
 * - `not_ready`: It will be possible a little later.
 * - `ended`: What was asked about is over: expired, cancelled, refunded.
 * - `refused`: The provider said no, for a reason of its own.
 * - `rate_limited`: Too many requests; see `retry_after`.
 * - `provider_down`: The provider, or something in front of it, is failing.
 * - `unreachable`: The provider could not be reached, or the connection broke.
 * - `timed_out`: The deadline passed.
 * - `malformed`: The reply cannot be read; see `path`.
 * - `unsupported`: This provider cannot do it.
 * - `cancelled`: The caller gave it up.
 * - `journal_failed`: The journal could not take the intent, so nothing was sent.
 * - `purchase_unknown`: A purchase may or may not have happened; see `candidates`.
 */
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

/** Why one account's part of a result is missing. */
export interface Failure {
  /** The account's name. */
  account: string;
  /** `rentnumber` */
  provider: string;
  /** What went wrong. */
  kind: ErrorKind;
  /** Whether the provider may have acted. */
  delivery: Delivery;
  /** What happened, in one line. */
  message: string;
  /** Id of the operation that failed: `rentnumber.listPrices`; empty where none was run. */
  operation: string;
  /** The provider's own code, where it gave one. */
  code: string | null;
}

/** What numbers have received. */
export interface Inbox {
  /** Number by number, newest first. */
  messages: InboxMessage[];
  /** The numbers and accounts that could not be asked. */
  failures: Failure[];
}

/** What a stream of messages brings. */
export interface InboxItem {
  /** `id` of the number; absent where it is an account's that failed. */
  number: string | null;
  /** A message. */
  message: Message | null;
  /** Why nothing more will come of it. */
  failure: Failure | null;
}

/** A message, and whose it is. */
export interface InboxMessage {
  /** `id` of the number. */
  number: string;
  /** The message. */
  message: Message;
}

/** A message that a number has received. */
export interface Message {
  /** The provider's id of it, where it gives one. */
  id: string | null;
  /** The account's name. */
  account: string;
  /** `rentnumber` */
  provider: string;
  /** Who sent it: a number, or a name such as “Acme”; where the provider says. */
  sender: string | null;
  /** The number that received it. */
  to: string | null;
  /** What it says. */
  text: string;
  /** The code in it: the one that the provider has found, else what stands in the text as one. */
  code: string | null;
  /** When it came, where the provider says. */
  receivedAt: Date | null;
  /** The provider's own record of it. */
  native: Record<string, unknown>;
}

/** A number of one's own. */
export interface Number {
  /**
   * For `client.getNumber`, `client.messages`, `client.release` and the rest, in this process or another: the account's
   * name, a colon, and how the provider names it.
   */
  id: string;
  /** Whose account it is on. */
  account: string;
  /** `rentnumber` */
  provider: string;
  /** How the provider names it. */
  nativeId: string;
  /** Absent while it is still being allocated. */
  phoneNumber: string | null;
  /** ISO 3166-1 alpha-2, where the provider says. */
  country: string | null;
  /** What kind of number it is, where the provider says. */
  kind: NumberKind | null;
  /** What it can do. */
  capabilities: NumberCapability[];
  /** How far along it is. */
  status: NumberStatus;
  /** The provider's own word for it, where it has one. */
  nativeStatus: string | null;
  /** What it cost, and goes on to cost. */
  price: Price;
  /** For how long it is one's own. */
  term: Term;
  /** When it was bought, where the provider says. */
  createdAt: Date | null;
  /** When it ends, where it does. */
  expiresAt: Date | null;
  /** When it is charged next, where the provider says. */
  nextChargeAt: Date | null;
  /** The provider's own record of it. */
  native: Record<string, unknown>;
}

export type NumberCapability = 'sms' | 'mms' | 'voice' | (string & {});

export type NumberKind = 'mobile' | 'local' | 'national' | 'toll_free' | 'voip' | (string & {});

export type NumberStatus =
  | 'pending'
  | 'active'
  | 'awaiting_message'
  | 'message_received'
  | 'completed'
  | 'releasing'
  | 'released'
  | 'cancelled'
  | 'refunded'
  | 'expired'
  | 'failed'
  | 'unknown'
  | (string & {});

/** The numbers of every account. */
export interface Numbers {
  /** By account, in the order of its provider. */
  numbers: Number[];
  /** The accounts that did not answer, or cannot. */
  failures: Failure[];
}

/**
 * Something that can be bought. It may be kept, and bought in another process or host: all that a purchase needs is in
 * its `id`. Nothing holds it until it is bought, unless it was reserved.
 */
export interface Offer {
  /** For `client.buy`, `client.quote` and `client.reserve`. Opaque, and longer than ids are; it holds no secret. */
  id: string;
  /** Which account would buy it. */
  account: string;
  /** `rentnumber` */
  provider: string;
  /** The number, where it is one that can be chosen; else the provider chooses. */
  phoneNumber: string | null;
  /** ISO 3166-1 alpha-2, where the provider says. */
  country: string | null;
  /** What kind of number it is, where the provider says. */
  kind: NumberKind | null;
  /** What it can do. */
  capabilities: NumberCapability[];
  /** The one service whose messages it is for; absent where it is for any. */
  service: string | null;
  /** For how long it would be one's own. */
  term: Term;
  /** What it costs. */
  price: Price;
  /** How many of it there are, where the provider says. */
  stock: number | null;
  /** Until when it is held, where it was reserved. */
  expiresAt: Date | null;
  /** The provider's own record of it. */
  native: Record<string, unknown>;
}

/** What can be bought. */
export interface Offers {
  /** Cheapest first. */
  offers: Offer[];
  /** The accounts that did not answer, or cannot search for this. */
  failures: Failure[];
}

/** What something costs. Nothing is said of taxes: no provider names them. */
export interface Price {
  /** Charged once, when it is bought. */
  once: Money | null;
  /** Charged when it is bought, and again every `everyMonths`, until it is released. */
  recurring: Money | null;
  /** How many months `recurring` is for. */
  everyMonths: number | null;
}

/** What one provider can do. */
export interface ProviderCapabilities {
  /** `rentnumber` */
  provider: string;
  /** For people. */
  name: string;
  /** The unified operations that it can do: `search`, `buy`. */
  operations: string[];
  /** Its messages are not asked for: it sends them, as events. */
  pushesMessages: boolean;
  /** The names of this client's accounts at it. */
  accounts: string[];
}

/** What was bought. */
export interface Purchase {
  /** The number. */
  number: Number;
  /** Which of the offers it was. */
  offer: string;
  /** What it cost, as far as the provider said before. */
  price: Price;
  /**
   * The provider was asked for the price again right before it was bought. False where the offer named none, or was
   * reserved, or the provider could not be asked.
   */
  priceChecked: boolean;
  /** The offers before it, and why they were not bought. */
  passedOver: Failure[];
}

/**
 * What one unit of a currency is worth: `{"currency": "NGN", "worth": {"amount": "0.00065", "currency": "USD"}}`.
 * Exchange rates are the caller's; none is known here.
 */
export interface Rate {
  /** ISO 4217. */
  currency: string;
  /** Of one unit of it. All rates of a search are in one and the same currency. */
  worth: Money;
}

/** What became of a number that was given up. */
export interface Released {
  /** `released`, `cancelled`, `refunded`, or `releasing` where it is there until what was paid for ends. */
  status: NumberStatus;
  /** What came back, where anything did. */
  refund: Money | null;
  /** When it ends, where that is later and the provider says. */
  endsAt: Date | null;
  /** The provider's own record. */
  native: Record<string, unknown>;
}

/** A service that numbers of one account can be rented for. */
export interface Service {
  /** The `service` of `client.search`. */
  service: string;
  /** For people. */
  name: string;
  /** The lowest price, where the provider says. */
  minPrice: Money | null;
  /** The account's name. */
  account: string;
  /** `rentnumber` */
  provider: string;
}

/** What numbers can be rented for. */
export interface Services {
  /** By name, and by account. */
  services: Service[];
  /** The accounts that did not answer, or cannot. */
  failures: Failure[];
}

/** For how long a number is bought. */
export interface Term {
  /** What ends it. */
  kind: TermKind;
  /** How many months, where it is months. */
  months: number | null;
  /** The provider's own word for it. */
  native: string | null;
}

export type TermKind = 'one_message' | 'fixed' | 'subscription' | (string & {});

/** By which values are converted to and from JSON. */
export const tables: Tables = {
  operations: {
    capabilities: { gives: 'Capabilities' },
    balances: { takes: 'BalancesParams', gives: 'Balances' },
    countries: { takes: 'CountriesParams', gives: 'Countries' },
    services: { takes: 'ServicesParams', gives: 'Services' },
    search: { takes: 'SearchParams', gives: 'Offers', all: 'AccountOffers' },
    quote: { takes: 'QuoteParams', gives: 'Offer' },
    reserve: { takes: 'ReserveParams', gives: 'Offer' },
    buy: { takes: 'BuyParams', gives: 'Purchase', spends: true },
    renew: { takes: 'RenewParams', gives: 'Number', spends: true },
    list_numbers: { takes: 'ListNumbersParams', gives: 'Numbers' },
    get_number: { takes: 'GetNumberParams', gives: 'Number' },
    wait_until_active: { takes: 'WaitUntilActiveParams', gives: 'Number', mode: 'wait' },
    configure: { takes: 'ConfigureParams', gives: 'Number' },
    messages: { takes: 'MessagesParams', gives: 'Message[]' },
    wait_for_message: { takes: 'WaitForMessageParams', gives: 'Message', mode: 'wait' },
    inbox: { takes: 'InboxParams', gives: 'Inbox', all: 'InboxItem', follows: true },
    release: { takes: 'ReleaseParams', gives: 'Released' },
  },
  types: {
    BalancesParams: 'accounts:text[]',
    CountriesParams: 'accounts:text[]',
    ServicesParams: 'accounts:text[]',
    SearchParams:
      'accounts:text[] capabilities:text[] country digits:Digits kind limit:int max_price:money rates:Rate[] ' +
      'service term',
    QuoteParams: 'offer!:id',
    ReserveParams: 'offer!:id',
    BuyParams: 'offers!:id[] max_price:money',
    RenewParams: 'number!:id months:int',
    ListNumbersParams: 'accounts:text[]',
    GetNumberParams: 'number!:id',
    WaitUntilActiveParams: 'number!:id',
    ConfigureParams: 'number!:id label~ webhook_url~',
    MessagesParams: 'number!:id',
    WaitForMessageParams: 'number!:id after:date contains sender with_code:bool',
    InboxParams: 'numbers:id[]',
    ReleaseParams: 'number!:id',
    AccountOffers: 'account provider offers:Offer[] failure:Failure',
    Balance: 'account provider balance:money credit_limit:money',
    Balances: 'balances:Balance[] failures:Failure[]',
    Capabilities: 'providers:ProviderCapabilities[]',
    Countries: 'countries:Country[] failures:Failure[]',
    Country: 'country name kinds:text[] account provider',
    Digits: 'anywhere end start',
    Failure: 'account provider kind delivery message operation code',
    Inbox: 'messages:InboxMessage[] failures:Failure[]',
    InboxItem: 'number:id message:Message failure:Failure',
    InboxMessage: 'number:id message:Message',
    Message: 'id:id account provider sender to text code received_at:date native:native',
    Number:
      'id:id account provider native_id:id phone_number country kind capabilities:text[] status native_status ' +
      'price:Price term:Term created_at:date expires_at:date next_charge_at:date native:native',
    Numbers: 'numbers:Number[] failures:Failure[]',
    Offer:
      'id:id account provider phone_number country kind capabilities:text[] service term:Term price:Price ' +
      'stock:int expires_at:date native:native',
    Offers: 'offers:Offer[] failures:Failure[]',
    Price: 'once:money recurring:money every_months:int',
    ProviderCapabilities: 'provider name operations:text[] pushes_messages:bool accounts:text[]',
    Purchase: 'number:Number offer:id price:Price price_checked:bool passed_over:Failure[]',
    Rate: 'currency! worth!:money',
    Released: 'status refund:money ends_at:date native:native',
    Service: 'service name min_price:money account provider',
    Services: 'services:Service[] failures:Failure[]',
    Term: 'kind months:int native',
  },
};
