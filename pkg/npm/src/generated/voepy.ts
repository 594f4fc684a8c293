// Generated from the core's registry by `cargo xtask generate`. Changes here are lost.

import type { Tables } from '../codec.js';
import type { Bytes, Id, KeyedCallOptions, Money, NoParams, Operation, PagedOperation, Secret } from '../types.js';

/** The operations of Voepy. */
export interface Voepy {
  /**
   * Search the numbers that can be ordered.
   *
   * `GET /v1/numbers/available` · reads
   */
  readonly searchAvailable: Operation<SearchAvailableParams, AvailableNumber[]>;
  /**
   * Hold numbers for a while against everyone else, other tenants of Voepy included. `voepy.orderNumbers` buys them
   * without naming the reservation; it ends by itself.
   *
   * `POST /v1/number-reservations` · sets
   */
  readonly reserveNumbers: Operation<ReserveNumbersParams, Reservation, KeyedCallOptions>;
  /**
   * Order numbers. Spends: the activation fees are debited at once, and nothing is ordered where the balance does not
   * cover them. An order whose answer is lost is sent again under its idempotency key, for which Voepy replays its
   * first answer. The numbers are `pending` at first: `voepy.listNumbers` tells when they are active. Whether an order
   * of several numbers can succeed in part is not documented: compare the numbers that come back.
   *
   * `POST /v1/numbers/order` · spends
   */
  readonly orderNumbers: Operation<OrderNumbersParams, Number[], KeyedCallOptions>;
  /**
   * List the numbers of the account, those that were given back included. The page shows no answer; lists in general
   * are said to be paged, by `cursor` and `next_cursor`.
   *
   * `GET /v1/numbers` · reads
   */
  readonly listNumbers: PagedOperation<ListNumbersParams, Number>;
  /**
   * Change the settings of a number; what is left out stays as it is. A number that is still pending is refused as
   * `not_ready`: try again when it is active.
   *
   * `PATCH /v1/numbers/{number_id}` · sets
   */
  readonly updateNumber: Operation<UpdateNumberParams, NumberAfter, KeyedCallOptions>;
  /**
   * Give a number back. The monthly fee ends with the month, and no part of it comes back; `voepy.listNumbers` goes on
   * showing the number, as `released`.
   *
   * `DELETE /v1/numbers/{number_id}` · sets
   */
  readonly releaseNumber: Operation<ReleaseNumberParams, NumberAfter, KeyedCallOptions>;
  /**
   * Look up a number, one's own or not. Spends, although it only reads: each lookup is billed, a `GET` takes no
   * idempotency key, and so a lookup whose answer is lost is not sent again.
   *
   * `GET /v1/numbers/lookup` · spends
   */
  readonly lookupNumber: Operation<LookupNumberParams, Lookup>;
  /**
   * Check whether numbers can be ported from another carrier: the first step of porting.
   *
   * `GET /v1/numbers/portability-check` · reads
   */
  readonly checkPortability: Operation<CheckPortabilityParams, Portability[]>;
  /**
   * Check the customer service records (CSR) of numbers, to confirm what the losing carrier has on file: the second
   * step of porting.
   *
   * `POST /v1/numbers/csr-coverage` · sets
   */
  readonly checkCsrCoverage: Operation<CheckCsrCoverageParams, CsrCoverage[], KeyedCallOptions>;
  /**
   * Order numbers to be brought from another carrier. The page numbers this step before the upload of its documents,
   * whose ids it needs: call `voepy.uploadPortingDocument` first. Spends: what porting costs is not documented, so it
   * is taken to cost; an order whose answer is lost is sent again under its idempotency key.
   *
   * `POST /v1/numbers/porting-orders` · spends
   */
  readonly createPortingOrder: Operation<CreatePortingOrderParams, PortingOrder, KeyedCallOptions>;
  /**
   * List the porting orders, to see how far along they are.
   *
   * `GET /v1/numbers/porting-orders` · reads
   */
  readonly listPortingOrders: PagedOperation<ListPortingOrdersParams, PortingOrder>;
  /**
   * Upload the documents of a porting order: the letter of authorisation, a recent bill. Before
   * `voepy.createPortingOrder`, which takes their ids.
   *
   * `POST /v1/numbers/porting-documents` · sets
   */
  readonly uploadPortingDocument: Operation<UploadPortingDocumentParams, PortingDocument[], KeyedCallOptions>;
  /**
   * Register an address for emergency calls (911) in the US and Canada. A number without one refuses them. The call
   * that gives a number its address is mentioned on the page and not shown: only a request of one's own reaches it.
   *
   * `POST /v1/emergency-addresses` · sets
   */
  readonly createEmergencyAddress: Operation<CreateEmergencyAddressParams, EmergencyAddress, KeyedCallOptions>;
  /**
   * Read the tenant's default connection; most tenants have no other.
   *
   * `GET /v1/connection` · reads
   */
  readonly getConnection: Operation<NoParams, Connection>;
  /**
   * List all connections.
   *
   * `GET /v1/connections` · reads
   */
  readonly listConnections: PagedOperation<ListConnectionsParams, Connection>;
  /**
   * Read the account and its balance.
   *
   * `GET /v1/account` · reads
   */
  readonly getAccount: Operation<NoParams, Account>;
  /**
   * Be told of events: Voepy posts them to a URL. `number_order.completed` and `porting_order.*` are those of numbers.
   * A receiver has ten seconds to answer with a status of success, else Voepy tries again for a day; the same event may
   * therefore come twice.
   *
   * `POST /v1/webhook-subscriptions` · sets
   */
  readonly createWebhookSubscription: Operation<CreateWebhookSubscriptionParams, WebhookSubscription, KeyedCallOptions>;
  /**
   * List the deliveries of events, those included that failed for good.
   *
   * `GET /v1/webhook-deliveries` · reads
   */
  readonly listWebhookDeliveries: PagedOperation<ListWebhookDeliveriesParams, WebhookDelivery>;
}

/** Parameters of `voepy.searchAvailable`. */
export interface SearchAvailableParams {
  /** ISO 3166-1 alpha-2. */
  countryCode: string;
  /** Only with these capabilities. */
  features?: readonly Capability[] | undefined;
  /** How many at most. */
  limit?: number | undefined;
  /** Only of this city. */
  locality?: string | undefined;
  /** Only with this area code. */
  nationalDestinationCode?: string | undefined;
  /** Only of this kind. */
  numberType?: NumberType | undefined;
}

/** Parameters of `voepy.reserveNumbers`. */
export interface ReserveNumbersParams {
  /** Which: `phoneNumber` of what `voepy.searchAvailable` gives. */
  phoneNumbers: readonly string[];
}

/** Parameters of `voepy.orderNumbers`. */
export interface OrderNumbersParams {
  /** Which: `phoneNumber` of what `voepy.searchAvailable` gives. */
  phoneNumbers: readonly string[];
  /** Their country, ISO 3166-1 alpha-2. */
  countryCode: string;
  /** Their kind. */
  numberType: NumberType;
}

/** Parameters of `voepy.listNumbers`. */
export interface ListNumbersParams {
  /** Only of this connection. */
  connectionId?: Id | undefined;
  /** `next` of the page before. */
  cursor?: string | undefined;
  /** How many on a page at most. */
  limit?: number | undefined;
  /** Only of this kind. */
  numberType?: NumberType | undefined;
  /** Only with this status. */
  status?: NumberStatus | undefined;
}

/** Parameters of `voepy.updateNumber`. */
export interface UpdateNumberParams {
  /** Which: `id` of a number that `voepy.listNumbers` gives. */
  numberId: Id;
  /** The name that is shown to those who are called, where that is supported; of 15 characters at most. */
  cnamDisplayName?: string | undefined;
  /** Whether callers' names are looked up; each call then costs more. */
  cnamLookupEnabled?: boolean | undefined;
  /** The connection it belongs to; `null` detaches it. */
  connectionId?: Id | null | undefined;
  /** A tag of one's own, of 120 characters at most; also Voepy's staff sees it. */
  customerReference?: string | undefined;
  /** What is done about suspicious calls. */
  inboundCallScreening?: InboundCallScreening | undefined;
  /**
   * Whether it has the tenant's messaging profile, and so can send and receive SMS. (No call is documented that reads
   * them.)
   */
  messagingEnabled?: boolean | undefined;
  /** Whether SIP signalling has the technical prefix; most leave it off. */
  techPrefixEnabled?: boolean | undefined;
}

/** Parameters of `voepy.releaseNumber`. */
export interface ReleaseNumberParams {
  /** Which: `id` of a number that `voepy.listNumbers` gives. */
  numberId: Id;
}

/** Parameters of `voepy.lookupNumber`. */
export interface LookupNumberParams {
  /** Which. */
  phoneNumber: string;
  /** What to look up. (`type` at Voepy.) */
  lookupType: LookupType;
}

/** Parameters of `voepy.checkPortability`. */
export interface CheckPortabilityParams {
  /** Which. */
  phoneNumbers: readonly string[];
}

/** Parameters of `voepy.checkCsrCoverage`. */
export interface CheckCsrCoverageParams {
  /** Which. */
  phoneNumbers: readonly string[];
}

/** Parameters of `voepy.createPortingOrder`. */
export interface CreatePortingOrderParams {
  /** Which. */
  phoneNumbers: readonly string[];
  /** For those who carry it out. (`user_feedback.comment` at Voepy.) */
  comment?: string | undefined;
  /**
   * `id` of each document that `voepy.uploadPortingDocument` gave: the letter of authorisation, a recent bill.
   * (`documents` at Voepy.)
   */
  documentIds?: readonly Id[] | undefined;
}

/** Parameters of `voepy.listPortingOrders`. */
export interface ListPortingOrdersParams {
  /** `next` of the page before. */
  cursor?: string | undefined;
  /** How many on a page at most. */
  limit?: number | undefined;
}

/** Parameters of `voepy.uploadPortingDocument`. */
export interface UploadPortingDocumentParams {
  /** One or several; they go in one request. */
  files: readonly PortingFile[];
}

/** Parameters of `voepy.createEmergencyAddress`. */
export interface CreateEmergencyAddressParams {
  /** House and street. */
  streetAddress: string;
  /** City. */
  locality: string;
  /** State or province, in short. */
  administrativeArea: string;
  /** ZIP or postal code. */
  postalCode: string;
  /** `US` or `CA`. */
  countryCode: string;
  /** Suite, floor or flat. */
  extendedAddress?: string | undefined;
}

/** Parameters of `voepy.listConnections`. */
export interface ListConnectionsParams {
  /** `next` of the page before. */
  cursor?: string | undefined;
  /** How many on a page at most. */
  limit?: number | undefined;
}

/** Parameters of `voepy.createWebhookSubscription`. */
export interface CreateWebhookSubscriptionParams {
  /** Where to; `https` only. */
  targetUrl: string;
  /** Which events; `["*"]` is all of them. */
  eventTypes: readonly string[];
  /** Only events of this connection; `null` or absent: of all. */
  connectionId?: Id | undefined;
  /** For people, of 200 characters at most. */
  description?: string | undefined;
}

/** Parameters of `voepy.listWebhookDeliveries`. */
export interface ListWebhookDeliveriesParams {
  /** `next` of the page before. */
  cursor?: string | undefined;
  /** How many on a page at most. */
  limit?: number | undefined;
}

/** An account. */
export interface Account {
  /** Whose it is. */
  tenant: Tenant | null;
  /** What is in it. (`balance.amount_cents`) */
  balance: Money;
  /** How far below zero it may go. (`balance.credit_limit_cents`) */
  creditLimit: Money | null;
}

/** A number that can be ordered. */
export interface AvailableNumber {
  /** For `voepy.reserveNumbers` and `voepy.orderNumbers`. */
  phoneNumber: string;
  /** ISO 3166-1 alpha-2. */
  countryCode: string | null;
  /** A state or province. */
  region: string | null;
  /** A city. */
  locality: string | null;
  /** Its kind. */
  numberType: NumberType | null;
  /** What it can do. */
  capabilities: Capability[];
  /**
   * What an order debits at once: the customer's price, so that what is shown is what is debited.
   * (`pricing.activation_fee_cents`)
   */
  activationFee: Money | null;
  /** What it costs a month. (`pricing.monthly_fee_cents`) */
  monthlyFee: Money | null;
}

export type Capability = 'voice' | 'sms' | (string & {});

/**
 * A group of numbers with its own webhooks and configuration: a brand, or a customer of one's own. The page does not
 * show one: every name here is assumed, and what is not found is absent; the raw reply has all.
 */
export interface Connection {
  /** For `connectionId` of `voepy.updateNumber` and `voepy.listNumbers`. */
  id: string | null;
  /** For people. */
  name: string | null;
  /** Whether it is the one that `voepy.getConnection` gives. */
  isDefault: boolean | null;
  /** When it was made. */
  createdAt: Date | null;
}

/**
 * What is on file of one number. The page does not show the answer: every name here is assumed, and what is not found
 * is absent; the raw reply has all.
 */
export interface CsrCoverage {
  /** The number. */
  phoneNumber: string | null;
  /** Whether its record can be had. */
  covered: boolean | null;
  /** Who carries it now. */
  carrierName: string | null;
  /** Why its record cannot be had, in Voepy's words. */
  reason: string | null;
}

/**
 * A registered address. The page does not show the answer: names are assumed to be those of the parameters, and what is
 * not found is absent; the raw reply has all.
 */
export interface EmergencyAddress {
  /** Its id. */
  id: string | null;
  /** How far along it is, in Voepy's word. */
  status: string | null;
  /** House and street. */
  streetAddress: string | null;
  /** Suite, floor or flat. */
  extendedAddress: string | null;
  /** City. */
  locality: string | null;
  /** State or province. */
  administrativeArea: string | null;
  /** ZIP or postal code. */
  postalCode: string | null;
  /** ISO 3166-1 alpha-2. */
  countryCode: string | null;
}

export type InboundCallScreening = 'disabled' | 'flag_calls' | 'reject_calls' | (string & {});

/**
 * What is known of a number. The page says what is in it and not how it is called: every name here is assumed, and what
 * is not found is absent; the raw reply has all.
 */
export interface Lookup {
  /** The number. */
  phoneNumber: string | null;
  /** Who carries it. */
  carrierName: string | null;
  /** The type of the carrier's network, in Voepy's word. */
  networkType: string | null;
  /** Whose it is (CNAM). */
  callerName: string | null;
  /** ISO 3166-1 alpha-2. */
  countryCode: string | null;
}

export type LookupType = 'carrier' | 'caller-name' | (string & {});

/**
 * A number of one's own. The settings at its end are those of `voepy.updateNumber`; the page says that they are shown
 * back, its example does not show them.
 */
export interface Number {
  /** For `voepy.updateNumber` and `voepy.releaseNumber`. */
  id: string;
  /** The number. (`e164` at Voepy; a search calls the same `phone_number`.) */
  phoneNumber: string;
  /** ISO 3166-1 alpha-2. */
  countryCode: string | null;
  /** Its kind. */
  numberType: NumberType | null;
  /** What it can do. */
  capabilities: Capability[];
  /** How far along it is. */
  status: NumberStatus;
  /** What it costs a month, from the first of a month to the next. (`monthly_price_cents_customer`) */
  monthlyFee: Money | null;
  /** What the order cost, debited at once. (`activation_price_cents_customer`) */
  activationFee: Money | null;
  /** The connection it belongs to. */
  connectionId: string | null;
  /** When it was ordered. */
  orderedAt: Date | null;
  /** When it became active. */
  activatedAt: Date | null;
  /** When it was given back. */
  releasedAt: Date | null;
  /** A tag of one's own. */
  customerReference: string | null;
  /** Whether callers' names are looked up; each costs. */
  cnamLookupEnabled: boolean | null;
  /** The name that is shown to those who are called. */
  cnamDisplayName: string | null;
  /** Whether SIP signalling has the technical prefix. */
  techPrefixEnabled: boolean | null;
  /** What is done about suspicious calls. */
  inboundCallScreening: InboundCallScreening | null;
  /** Whether it has the tenant's messaging profile. */
  messagingEnabled: boolean | null;
}

/** What is known of a number after `voepy.updateNumber` or `voepy.releaseNumber` was carried out. */
export interface NumberAfter {
  /** As it is now; absent where Voepy answers without it. (The page does not show these answers.) */
  number: Number | null;
}

export type NumberStatus = 'pending' | 'active' | 'released' | (string & {});

export type NumberType = 'local' | 'toll_free' | 'national' | 'mobile' | (string & {});

/**
 * Whether one number can be ported. The page does not show the answer: every name here is assumed, and what is not
 * found is absent; the raw reply has all.
 */
export interface Portability {
  /** The number. */
  phoneNumber: string | null;
  /** Whether it can be ported. */
  portable: boolean | null;
  /** Why not, in Voepy's words. */
  reason: string | null;
  /** Who carries it now. */
  carrierName: string | null;
}

/** An uploaded document. */
export interface PortingDocument {
  /** For `documentIds` of `voepy.createPortingOrder`. */
  id: string;
}

/** A file to upload. */
export interface PortingFile {
  /** Its name: `loa.pdf`. */
  fileName: string;
  /** Its content; in JSON as base64. */
  content: Bytes;
  /** Its media type; by default `application/octet-stream`. */
  contentType?: string | undefined;
  /** The name of its part in the form; by default `file`. (The page says "file uploads" and no name.) */
  partName?: string | undefined;
}

/**
 * An order to bring numbers to Voepy; it takes days. The page shows no answer: every name here but those of the order's
 * own parameters is assumed, and what is not found is absent; the raw reply has all.
 */
export interface PortingOrder {
  /** Its id. */
  id: string | null;
  /** How far along it is, in Voepy's word: none is documented. */
  status: string | null;
  /** What is ported. */
  phoneNumbers: string[];
  /** What was said with the order. (`user_feedback.comment`) */
  comment: string | null;
  /** The documents that go with it. (`documents`) */
  documentIds: string[];
  /** When it was made. */
  createdAt: Date | null;
  /** When it last changed. */
  updatedAt: Date | null;
}

/**
 * Numbers that are held. Of the answer the page says only that it includes `expiresAt`; the other fields are assumed.
 */
export interface Reservation {
  /** Its id; no call is known that takes it. */
  id: string | null;
  /** What is held. */
  phoneNumbers: string[];
  /** Until when. */
  expiresAt: Date;
}

/** A tenant of Voepy's. */
export interface Tenant {
  /** Its id. */
  id: string | null;
  /** For people. */
  name: string | null;
}

/**
 * What became of one event. Its form is not documented: every name here is assumed, and what is not found is absent;
 * the raw reply has all.
 */
export interface WebhookDelivery {
  /** Its id. */
  id: string | null;
  /** The subscription it is for. */
  subscriptionId: string | null;
  /** The event: `number_order.completed`. */
  eventType: string | null;
  /** How far along it is, in Voepy's word. */
  status: string | null;
  /** How often it was tried. */
  attempts: number | null;
  /** The HTTP status that the receiver last answered with. */
  responseStatus: number | null;
  /** When it was first tried. */
  createdAt: Date | null;
}

/** A subscription to events. */
export interface WebhookSubscription {
  /** Its id. */
  id: string;
  /** Where to. */
  targetUrl: string | null;
  /** Which events. */
  eventTypes: string[];
  /** With what Voepy signs its events: keep it, for it is shown only here. (How it signs is not documented.) */
  signingSecret: Secret | null;
  /** Whether events are sent. */
  isActive: boolean | null;
  /** For people. */
  description: string | null;
  /** Only events of this connection. */
  connectionId: string | null;
  /** When it was made. */
  createdAt: Date | null;
}

/** By which values are converted to and from JSON. */
export const tables: Tables = {
  operations: {
    search_available: { takes: 'SearchAvailableParams', gives: 'AvailableNumber[]' },
    reserve_numbers: { takes: 'ReserveNumbersParams', gives: 'Reservation' },
    order_numbers: { takes: 'OrderNumbersParams', gives: 'Number[]', spends: true },
    list_numbers: { takes: 'ListNumbersParams', gives: 'Page<Number>', all: 'Number' },
    update_number: { takes: 'UpdateNumberParams', gives: 'NumberAfter' },
    release_number: { takes: 'ReleaseNumberParams', gives: 'NumberAfter' },
    lookup_number: { takes: 'LookupNumberParams', gives: 'Lookup', spends: true },
    check_portability: { takes: 'CheckPortabilityParams', gives: 'Portability[]' },
    check_csr_coverage: { takes: 'CheckCsrCoverageParams', gives: 'CsrCoverage[]' },
    create_porting_order: { takes: 'CreatePortingOrderParams', gives: 'PortingOrder', spends: true },
    list_porting_orders: { takes: 'ListPortingOrdersParams', gives: 'Page<PortingOrder>', all: 'PortingOrder' },
    upload_porting_document: { takes: 'UploadPortingDocumentParams', gives: 'PortingDocument[]' },
    create_emergency_address: { takes: 'CreateEmergencyAddressParams', gives: 'EmergencyAddress' },
    get_connection: { gives: 'Connection' },
    list_connections: { takes: 'ListConnectionsParams', gives: 'Page<Connection>', all: 'Connection' },
    get_account: { gives: 'Account' },
    create_webhook_subscription: { takes: 'CreateWebhookSubscriptionParams', gives: 'WebhookSubscription' },
    list_webhook_deliveries: { takes: 'ListWebhookDeliveriesParams', gives: 'Page<WebhookDelivery>', all: 'WebhookDelivery' },
  },
  types: {
    SearchAvailableParams: 'country_code! features:text[] limit:int locality national_destination_code number_type',
    ReserveNumbersParams: 'phone_numbers!:text[]',
    OrderNumbersParams: 'phone_numbers!:text[] country_code! number_type!',
    ListNumbersParams: 'connection_id:id cursor limit:int number_type status',
    UpdateNumberParams:
      'number_id!:id cnam_display_name cnam_lookup_enabled:bool connection_id~:id customer_reference ' +
      'inbound_call_screening messaging_enabled:bool tech_prefix_enabled:bool',
    ReleaseNumberParams: 'number_id!:id',
    LookupNumberParams: 'phone_number! lookup_type!',
    CheckPortabilityParams: 'phone_numbers!:text[]',
    CheckCsrCoverageParams: 'phone_numbers!:text[]',
    CreatePortingOrderParams: 'phone_numbers!:text[] comment document_ids:id[]',
    ListPortingOrdersParams: 'cursor limit:int',
    UploadPortingDocumentParams: 'files!:PortingFile[]',
    CreateEmergencyAddressParams:
      'street_address! locality! administrative_area! postal_code! country_code! extended_address',
    ListConnectionsParams: 'cursor limit:int',
    CreateWebhookSubscriptionParams: 'target_url! event_types!:text[] connection_id:id description',
    ListWebhookDeliveriesParams: 'cursor limit:int',
    Account: 'tenant:Tenant balance:money credit_limit:money',
    AvailableNumber:
      'phone_number country_code region locality number_type capabilities:text[] activation_fee:money ' +
      'monthly_fee:money',
    Connection: 'id:id name is_default:bool created_at:date',
    CsrCoverage: 'phone_number covered:bool carrier_name reason',
    EmergencyAddress:
      'id:id status street_address extended_address locality administrative_area postal_code country_code',
    Lookup: 'phone_number carrier_name network_type caller_name country_code',
    Number:
      'id:id phone_number country_code number_type capabilities:text[] status monthly_fee:money ' +
      'activation_fee:money connection_id:id ordered_at:date activated_at:date released_at:date customer_reference ' +
      'cnam_lookup_enabled:bool cnam_display_name tech_prefix_enabled:bool inbound_call_screening ' +
      'messaging_enabled:bool',
    NumberAfter: 'number:Number',
    Portability: 'phone_number portable:bool reason carrier_name',
    PortingDocument: 'id:id',
    PortingFile: 'file_name! content!:bytes content_type part_name',
    PortingOrder: 'id:id status phone_numbers:text[] comment document_ids:id[] created_at:date updated_at:date',
    Reservation: 'id:id phone_numbers:text[] expires_at:date',
    Tenant: 'id:id name',
    WebhookDelivery: 'id:id subscription_id:id event_type status attempts:int response_status:int created_at:date',
    WebhookSubscription:
      'id:id target_url event_types:text[] signing_secret:secret is_active:bool description connection_id:id ' +
      'created_at:date',
  },
};
