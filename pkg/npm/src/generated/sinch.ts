// Generated from the core's registry by `cargo xtask generate`. Changes here are lost.

import type { Tables } from '../codec.js';
import type {
  Id, Money, NoParams, Operation, PagedOperation, Secret, SecretText, WaitingOperation,
} from '../types.js';

/** The operations of Sinch. */
export interface Sinch {
  /**
   * Search for numbers that can be rented. There is one page of them, no longer than `size`.
   *
   * `GET /{version}/projects/{project_id}/availableNumbers` · reads
   */
  readonly searchAvailable: Operation<SearchAvailableParams, AvailableNumber[]>;
  /**
   * Rent one number. Spends: Sinch has no idempotency keys, but a number can be rented only once, so that a rental
   * whose answer is lost is looked for, and sent again if the number is not owned. An answer does not mean that the
   * number can be used: its set-up may take a while, see `sinch.getNumber`.
   *
   * `POST /{version}/projects/{project_id}/availableNumbers/{phone_number}:rent` · spends
   */
  readonly rentNumber: Operation<RentNumberParams, ActiveNumber>;
  /**
   * List the numbers of the project. Under v1 only those of `MOBILE` are listed when no `numberType` is given, says
   * Sinch's own guide: for all of them list each type. A released number is listed until it ends.
   *
   * `GET /{version}/projects/{project_id}/activeNumbers` · reads
   */
  readonly listNumbers: PagedOperation<ListNumbersParams, ActiveNumber>;
  /**
   * Change a number's name, or what it is used for. What is not given stays as it is. A number that serves an SMS
   * service or campaign must be unlinked from it before it is linked to another: that takes two calls.
   *
   * `PATCH /{version}/projects/{project_id}/activeNumbers/{phone_number}` · sets
   */
  readonly updateNumber: Operation<UpdateNumberParams, ActiveNumber>;
  /**
   * Give a number up. It stays the project's, and is listed, until the end of what has been paid: see `expireAt`.
   * v1alpha1 documents no answer, so that there nothing but `phoneNumber` may be known.
   *
   * `POST /{version}/projects/{project_id}/activeNumbers/{phone_number}:release` · sets
   */
  readonly releaseNumber: Operation<ReleaseNumberParams, ActiveNumber>;
  /**
   * Read one number that can be rented; it is out of stock when it cannot. v1 only.
   *
   * `GET /{version}/projects/{project_id}/availableNumbers/{phone_number}` · reads
   */
  readonly getAvailable: Operation<GetAvailableParams, AvailableNumber>;
  /**
   * Search for a number and rent the first that fits, in one call. Only for `LOCAL` numbers of the USA, says Sinch.
   * Spends: Sinch has no idempotency keys, so that a rental whose answer is lost is looked for among the project's
   * numbers of that type and region, and never sent again. v1 only.
   *
   * `POST /{version}/projects/{project_id}/availableNumbers:rentAny` · spends
   */
  readonly rentAnyNumber: Operation<RentAnyNumberParams, ActiveNumber>;
  /**
   * Read one number of the project. Can be waited for, until its SMS and voice set-up is done: renting and updating
   * answer before it is. v1 only.
   *
   * `GET /{version}/projects/{project_id}/activeNumbers/{phone_number}` · reads
   */
  readonly getNumber: WaitingOperation<GetNumberParams, ActiveNumber>;
  /**
   * List the countries that numbers can be from. v1 only.
   *
   * `GET /{version}/projects/{project_id}/availableRegions` · reads
   */
  readonly listRegions: Operation<ListRegionsParams, Region[]>;
  /**
   * Read how the project's callbacks are signed. v1 only.
   *
   * `GET /{version}/projects/{project_id}/callbackConfiguration` · reads
   */
  readonly getCallbackConfiguration: Operation<NoParams, CallbackConfiguration>;
  /**
   * Sign the project's callbacks with another key. v1 only.
   *
   * `PATCH /{version}/projects/{project_id}/callbackConfiguration` · sets
   */
  readonly updateCallbackConfiguration: Operation<UpdateCallbackConfigurationParams, CallbackConfiguration>;
  /**
   * Read the emergency address of a number. v1 only.
   *
   * `GET /{version}/projects/{project_id}/activeNumbers/{phone_number}/emergencyAddress` · reads
   */
  readonly getEmergencyAddress: Operation<GetEmergencyAddressParams, EmergencyAddress>;
  /**
   * Give a number an emergency address. Spends: when the answer is lost, the number's address is read, several times,
   * and that it has become this one is the answer; it is never sent again. If it was this one before, nothing can tell.
   * v1 only.
   *
   * `POST /{version}/projects/{project_id}/activeNumbers/{phone_number}/emergencyAddress:provision` · spends
   */
  readonly provisionEmergencyAddress: Operation<ProvisionEmergencyAddressParams, EmergencyAddress>;
  /**
   * Check whether an emergency address will do for a number, without giving it to the number. v1 only.
   *
   * `POST /{version}/projects/{project_id}/activeNumbers/{phone_number}/emergencyAddress:validate` · sets
   */
  readonly validateEmergencyAddress: Operation<ValidateEmergencyAddressParams, Validation>;
  /**
   * Take a number's emergency address away. v1 only.
   *
   * `POST /{version}/projects/{project_id}/activeNumbers/{phone_number}/emergencyAddress:deprovision` · sets
   */
  readonly deprovisionEmergencyAddress: Operation<DeprovisionEmergencyAddressParams, Deprovisioned>;
}

/** Parameters of `sinch.searchAvailable`. */
export interface SearchAvailableParams {
  /** With these capabilities. (`capabilities` in v1, `capability` in v1alpha1.) */
  capabilities?: readonly NumberCapability[] | undefined;
  /** Of this kind. v1 requires it. (`type` at Sinch.) */
  numberType?: NumberType | undefined;
  /** With these digits in them; with `+` and country code where they are looked for at the start. */
  pattern?: string | undefined;
  /** Of this country, ISO 3166-1 alpha-2. v1 requires it. */
  regionCode?: string | undefined;
  /** Where `pattern` is looked for. */
  searchPattern?: SearchPattern | undefined;
  /** At most so many. */
  size?: number | undefined;
}

/** Parameters of `sinch.rentNumber`. */
export interface RentNumberParams {
  /** `phoneNumber` of a number that `sinch.searchAvailable` gives. */
  phoneNumber: string;
  /** Where Sinch is to send word of its set-up. v1 only. */
  callbackUrl?: string | undefined;
  /** The SMS service that it is to serve. */
  smsConfiguration?: SmsSetup | undefined;
  /** What is to answer its calls. v1 only. */
  voiceConfiguration?: VoiceSetup | undefined;
}

/** Parameters of `sinch.listNumbers`. */
export interface ListNumbersParams {
  /** With these capabilities. (`capability` at Sinch.) */
  capabilities?: readonly NumberCapability[] | undefined;
  /** Of this kind. (`type` at Sinch.) */
  numberType?: NumberType | undefined;
  /** What the list is ordered by. v1 only. */
  orderBy?: NumberOrder | undefined;
  /** At most so many on a page. (`size` in v1alpha1, which has only one page.) */
  pageSize?: number | undefined;
  /** `next` of the page before. v1 only. */
  pageToken?: string | undefined;
  /** With these digits in them; with `+` and country code where they are looked for at the start. */
  pattern?: string | undefined;
  /** Of this country, ISO 3166-1 alpha-2. */
  regionCode?: string | undefined;
  /** Where `pattern` is looked for. */
  searchPattern?: SearchPattern | undefined;
}

/** Parameters of `sinch.updateNumber`. */
export interface UpdateNumberParams {
  /** Which. */
  phoneNumber: string;
  /** Where Sinch is to send word of its set-up. v1 only. */
  callbackUrl?: string | null | undefined;
  /** For people. */
  displayName?: string | null | undefined;
  /** The SMS service that it is to serve. */
  smsConfiguration?: SmsChange | undefined;
  /** What is to answer its calls. v1 only. */
  voiceConfiguration?: VoiceSetup | undefined;
}

/** Parameters of `sinch.releaseNumber`. */
export interface ReleaseNumberParams {
  /** Which. */
  phoneNumber: string;
}

/** Parameters of `sinch.getAvailable`. */
export interface GetAvailableParams {
  /** Which. */
  phoneNumber: string;
}

/** Parameters of `sinch.rentAnyNumber`. */
export interface RentAnyNumberParams {
  /** Of this country, ISO 3166-1 alpha-2. */
  regionCode: string;
  /** Of this kind. (`type` at Sinch.) */
  numberType: NumberType;
  /** Where Sinch is to send word of its set-up. */
  callbackUrl?: string | undefined;
  /** With these capabilities. */
  capabilities?: readonly NumberCapability[] | undefined;
  /** With these digits in it; with `+` and country code where they are looked for at the start. */
  pattern?: string | undefined;
  /** Where `pattern` is looked for. */
  searchPattern?: SearchPattern | undefined;
  /** The SMS service that it is to serve. */
  smsConfiguration?: SmsSetup | undefined;
  /** What is to answer its calls. */
  voiceConfiguration?: VoiceSetup | undefined;
}

/** Parameters of `sinch.getNumber`. */
export interface GetNumberParams {
  /** Which. */
  phoneNumber: string;
}

/** Parameters of `sinch.listRegions`. */
export interface ListRegionsParams {
  /** Only those that have numbers of these kinds. (`types` at Sinch.) */
  numberTypes?: readonly NumberType[] | undefined;
}

/** Parameters of `sinch.updateCallbackConfiguration`. */
export interface UpdateCallbackConfigurationParams {
  /**
   * The key. One of Sinch's SDKs asks for 32 to 64 letters, digits and hyphens; the tests of the others use what that
   * would not allow.
   */
  hmacSecret: SecretText;
}

/** Parameters of `sinch.getEmergencyAddress`. */
export interface GetEmergencyAddressParams {
  /** Of which number. */
  phoneNumber: string;
}

/** Parameters of `sinch.provisionEmergencyAddress`. */
export interface ProvisionEmergencyAddressParams {
  /** Which number. */
  phoneNumber: string;
  /** Who calls, for those who help. */
  displayName: string;
  /** Where from. `sinch.validateEmergencyAddress` says whether it will do. */
  address: PostalAddress;
}

/** Parameters of `sinch.validateEmergencyAddress`. */
export interface ValidateEmergencyAddressParams {
  /** Which number. */
  phoneNumber: string;
  /** Who calls, for those who help. */
  displayName: string;
  /** Where from. */
  address: PostalAddress;
}

/** Parameters of `sinch.deprovisionEmergencyAddress`. */
export interface DeprovisionEmergencyAddressParams {
  /** Of which number. */
  phoneNumber: string;
}

/** A number of the project. `sinch.rentNumber` under v1alpha1 gives only its `phoneNumber`. */
export interface ActiveNumber {
  /** The number. */
  phoneNumber: string;
  /** The project that rents it. */
  projectId: string | null;
  /** For people; absent when unset (Sinch writes an empty text). */
  displayName: string | null;
  /** Its country, ISO 3166-1 alpha-2. */
  regionCode: string | null;
  /** What kind of number it is. (`type` at Sinch.) */
  numberType: NumberType | null;
  /** What it can be used for. (`capability` at Sinch.) */
  capabilities: NumberCapability[];
  /** What is charged every `paymentIntervalMonths`. (`money` at Sinch.) */
  price: Money | null;
  /** How many months are charged at a time. */
  paymentIntervalMonths: number | null;
  /** When it is charged next. */
  nextChargeDate: Date | null;
  /** When it ends, once it has been released. */
  expireAt: Date | null;
  /** The SMS service that it serves. */
  smsConfiguration: SmsConfiguration | null;
  /** What answers its calls. v1 only. */
  voiceConfiguration: VoiceConfiguration | null;
  /** Where Sinch sends word of its set-up; absent when unset (Sinch writes an empty text). v1 only. */
  callbackUrl: string | null;
}

/** A number that can be rented. */
export interface AvailableNumber {
  /** For `sinch.rentNumber`. */
  phoneNumber: string;
  /** Its country, ISO 3166-1 alpha-2. */
  regionCode: string | null;
  /** What kind of number it is. (`type` at Sinch.) */
  numberType: NumberType | null;
  /** What it can be used for. (`capability` at Sinch.) */
  capabilities: NumberCapability[];
  /** Charged once. Its scale varies (`0.00`, `2.0`, `0.8`), its currency with the project. */
  setupPrice: Money | null;
  /** Charged for each month. */
  monthlyPrice: Money | null;
  /** How many months are charged at a time. */
  paymentIntervalMonths: number | null;
  /** Whether it can be rented only with papers. v1 only. */
  supportingDocumentationRequired: boolean | null;
}

/** How the project's callbacks are signed. Where they go is said per number: `callbackUrl`. */
export interface CallbackConfiguration {
  /** The project. */
  projectId: string;
  /** The key of the signature in `X-Sinch-Signature`; absent when unset. */
  hmacSecret: Secret | null;
}

/** That it is gone; Sinch says nothing else. */
export type Deprovisioned = Record<string, never>;

/** An address, as Sinch has it. What is unset is absent; Sinch writes empty texts. */
export interface EmergencyAddress {
  /** House number. */
  streetNumber: string | null;
  /** Street. */
  streetInfo: string | null;
  /** Where in the building. */
  location: string | null;
  /** Town. (What is missing comes as empty text; without the field at all it is no address.) */
  city: string | null;
  /** State or province. */
  state: string | null;
  /** ZIP or postal code. */
  postalCode: string | null;
  /** The four digits that may follow the ZIP code. */
  postalCodePlusFour: string | null;
}

export type NumberCapability = 'NUMBER_CAPABILITY_UNSPECIFIED' | 'SMS' | 'VOICE' | (string & {});

export type NumberOrder = 'phoneNumber' | 'displayName' | (string & {});

export type NumberType = 'NUMBER_TYPE_UNSPECIFIED' | 'MOBILE' | 'LOCAL' | 'TOLL_FREE' | (string & {});

/** An address, as it is given. */
export interface PostalAddress {
  /** House number. */
  streetNumber: string;
  /** Street. */
  streetInfo: string;
  /** Town. */
  city: string;
  /** State or province. */
  state: string;
  /** ZIP or postal code. */
  postalCode: string;
  /** Where in the building. */
  location?: string | undefined;
  /** The four digits that may follow the ZIP code. */
  postalCodePlusFour?: string | undefined;
}

export type ProvisioningError =
  | 'ERROR_CODE_UNSPECIFIED'
  | 'INTERNAL_ERROR'
  | 'SMS_PROVISIONING_FAILED'
  | 'CAMPAIGN_PROVISIONING_FAILED'
  | 'CAMPAIGN_NOT_AVAILABLE'
  | 'EXCEEDED_10DLC_LIMIT'
  | 'NUMBER_PROVISIONING_FAILED'
  | 'PARTNER_SERVICE_UNAVAILABLE'
  | 'CAMPAIGN_PENDING_ACCEPTANCE'
  | 'MNO_SHARING_ERROR'
  | 'CAMPAIGN_EXPIRED'
  | 'CAMPAIGN_MNO_REJECTED'
  | 'CAMPAIGN_MNO_SUSPENDED'
  | 'CAMPAIGN_MNO_REVIEW'
  | 'INSUFFICIENT_BALANCE'
  | 'MOCK_CAMPAIGN_NOT_ALLOWED'
  | 'TFN_NOT_ALLOWED'
  | 'INVALID_NNID'
  | (string & {});

export type ProvisioningStatus =
  | 'PROVISIONING_STATUS_UNSPECIFIED'
  | 'WAITING'
  | 'IN_PROGRESS'
  | 'FAILED'
  | (string & {});

/** A country that numbers can be from. */
export interface Region {
  /** ISO 3166-1 alpha-2. */
  regionCode: string;
  /** For people. */
  regionName: string | null;
  /** Which kinds of numbers it has. (`types` at Sinch.) */
  numberTypes: NumberType[];
}

export type SearchPattern = 'SEARCH_PATTERN_UNSPECIFIED' | 'START' | 'CONTAINS' | 'END' | (string & {});

/** What changes of the SMS service of a number: `null` unlinks it. An empty one is refused. */
export interface SmsChange {
  /** The 10DLC campaign, for numbers of the USA. v1 only. */
  campaignId?: Id | null | undefined;
  /** The SMS service, from the dashboard. */
  servicePlanId?: Id | null | undefined;
}

/** The SMS service of a number. */
export interface SmsConfiguration {
  /** The SMS service; absent until the set-up is done (Sinch writes an empty text). */
  servicePlanId: string | null;
  /** The 10DLC campaign; absent when unset. v1 only. */
  campaignId: string | null;
  /** The set-up under way or failed; absent when it is done. */
  scheduledProvisioning: SmsProvisioning | null;
}

/** An SMS set-up under way or failed. */
export interface SmsProvisioning {
  /** The SMS service to be. */
  servicePlanId: string | null;
  /** The 10DLC campaign to be. v1 only. */
  campaignId: string | null;
  /** How far along it is. */
  status: ProvisioningStatus | null;
  /** When that was. */
  lastUpdatedTime: Date | null;
  /** Why it failed. v1 only. */
  errorCodes: ProvisioningError[];
}

/** The SMS service that a number is to serve. An empty one is refused. */
export interface SmsSetup {
  /** The 10DLC campaign, for numbers of the USA. v1 only. */
  campaignId?: Id | undefined;
  /** The SMS service, from the dashboard. */
  servicePlanId?: Id | undefined;
}

/** What became of the check. */
export interface Validation {
  /** The number. */
  phoneNumber: string | null;
  /** Who calls. */
  displayName: string | null;
  /** The address that was checked. */
  validatedAddress: EmergencyAddress | null;
  /** Whether it will do. */
  validationResult: ValidationResult;
  /** Why, for people: sentences with `|` between them. */
  validationMessage: string | null;
  /** The address as it should be; absent when there is none (Sinch writes one of empty texts). */
  correctedAddress: EmergencyAddress | null;
  /** Addresses that may have been meant. */
  candidateAddresses: EmergencyAddress[];
}

export type ValidationResult =
  | 'VALIDATION_RESULT_UNSPECIFIED'
  | 'EXACT_MATCH'
  | 'NEAR_MATCH'
  | 'NO_MATCH'
  | (string & {});

/** What answers calls to a number. */
export interface VoiceConfiguration {
  /** Which of the ids is meant. (`type` at Sinch.) */
  voiceType: VoiceType | null;
  /** For `RTC`: the Voice app; absent until the set-up is done (Sinch writes an empty text). */
  appId: string | null;
  /** For `EST`: the SIP trunk. */
  trunkId: string | null;
  /** For `FAX`: the fax service. */
  serviceId: string | null;
  /** When it was set up. */
  lastUpdatedTime: Date | null;
  /**
   * The set-up under way or failed; what was there before stays until it is done. (`scheduledVoiceProvisioning` at
   * Sinch.)
   */
  scheduledProvisioning: VoiceProvisioning | null;
}

/** A Voice set-up under way or failed. */
export interface VoiceProvisioning {
  /** Which of the ids is meant. (`type` at Sinch.) */
  voiceType: VoiceType | null;
  /** For `RTC`: the Voice app to be. */
  appId: string | null;
  /** For `EST`: the SIP trunk to be. */
  trunkId: string | null;
  /** For `FAX`: the fax service to be. */
  serviceId: string | null;
  /** How far along it is. */
  status: ProvisioningStatus | null;
  /** When that was. */
  lastUpdatedTime: Date | null;
}

/**
 * What is to answer calls to a number: one of the ids, and the type that it goes with. An empty one is refused. v1
 * only.
 */
export interface VoiceSetup {
  /** For `RTC`: the Voice app. */
  appId?: Id | undefined;
  /** For `FAX`: the fax service. */
  serviceId?: Id | undefined;
  /** For `EST`: the SIP trunk. */
  trunkId?: Id | undefined;
  /** `RTC` where it is left away. (`type` at Sinch.) */
  voiceType?: VoiceType | undefined;
}

export type VoiceType = 'RTC' | 'EST' | 'FAX' | (string & {});

/** By which values are converted to and from JSON. */
export const tables: Tables = {
  operations: {
    search_available: { takes: 'SearchAvailableParams', gives: 'AvailableNumber[]' },
    rent_number: { takes: 'RentNumberParams', gives: 'ActiveNumber', spends: true },
    list_numbers: { takes: 'ListNumbersParams', gives: 'Page<ActiveNumber>', all: 'ActiveNumber' },
    update_number: { takes: 'UpdateNumberParams', gives: 'ActiveNumber' },
    release_number: { takes: 'ReleaseNumberParams', gives: 'ActiveNumber' },
    get_available: { takes: 'GetAvailableParams', gives: 'AvailableNumber' },
    rent_any_number: { takes: 'RentAnyNumberParams', gives: 'ActiveNumber', spends: true },
    get_number: { takes: 'GetNumberParams', gives: 'ActiveNumber', wait: true },
    list_regions: { takes: 'ListRegionsParams', gives: 'Region[]' },
    get_callback_configuration: { gives: 'CallbackConfiguration' },
    update_callback_configuration: { takes: 'UpdateCallbackConfigurationParams', gives: 'CallbackConfiguration' },
    get_emergency_address: { takes: 'GetEmergencyAddressParams', gives: 'EmergencyAddress' },
    provision_emergency_address: { takes: 'ProvisionEmergencyAddressParams', gives: 'EmergencyAddress', spends: true },
    validate_emergency_address: { takes: 'ValidateEmergencyAddressParams', gives: 'Validation' },
    deprovision_emergency_address: { takes: 'DeprovisionEmergencyAddressParams', gives: 'Deprovisioned' },
  },
  types: {
    SearchAvailableParams: 'capabilities:text[] number_type pattern region_code search_pattern size:int',
    RentNumberParams: 'phone_number! callback_url sms_configuration:SmsSetup voice_configuration:VoiceSetup',
    ListNumbersParams:
      'capabilities:text[] number_type order_by page_size:int page_token pattern region_code search_pattern',
    UpdateNumberParams:
      'phone_number! callback_url~ display_name~ sms_configuration:SmsChange voice_configuration:VoiceSetup',
    ReleaseNumberParams: 'phone_number!',
    GetAvailableParams: 'phone_number!',
    RentAnyNumberParams:
      'region_code! number_type! callback_url capabilities:text[] pattern search_pattern ' +
      'sms_configuration:SmsSetup voice_configuration:VoiceSetup',
    GetNumberParams: 'phone_number!',
    ListRegionsParams: 'number_types:text[]',
    UpdateCallbackConfigurationParams: 'hmac_secret!:secret',
    GetEmergencyAddressParams: 'phone_number!',
    ProvisionEmergencyAddressParams: 'phone_number! display_name! address!:PostalAddress',
    ValidateEmergencyAddressParams: 'phone_number! display_name! address!:PostalAddress',
    DeprovisionEmergencyAddressParams: 'phone_number!',
    ActiveNumber:
      'phone_number project_id:id display_name region_code number_type capabilities:text[] price:money ' +
      'payment_interval_months:int next_charge_date:date expire_at:date sms_configuration:SmsConfiguration ' +
      'voice_configuration:VoiceConfiguration callback_url',
    AvailableNumber:
      'phone_number region_code number_type capabilities:text[] setup_price:money monthly_price:money ' +
      'payment_interval_months:int supporting_documentation_required:bool',
    CallbackConfiguration: 'project_id:id hmac_secret:secret',
    Deprovisioned: '',
    EmergencyAddress: 'street_number street_info location city state postal_code postal_code_plus_four',
    PostalAddress: 'street_number! street_info! city! state! postal_code! location postal_code_plus_four',
    Region: 'region_code region_name number_types:text[]',
    SmsChange: 'campaign_id~:id service_plan_id~:id',
    SmsConfiguration: 'service_plan_id:id campaign_id:id scheduled_provisioning:SmsProvisioning',
    SmsProvisioning: 'service_plan_id:id campaign_id:id status last_updated_time:date error_codes:text[]',
    SmsSetup: 'campaign_id:id service_plan_id:id',
    Validation:
      'phone_number display_name validated_address:EmergencyAddress validation_result validation_message ' +
      'corrected_address:EmergencyAddress candidate_addresses:EmergencyAddress[]',
    VoiceConfiguration:
      'voice_type app_id:id trunk_id:id service_id:id last_updated_time:date ' +
      'scheduled_provisioning:VoiceProvisioning',
    VoiceProvisioning: 'voice_type app_id:id trunk_id:id service_id:id status last_updated_time:date',
    VoiceSetup: 'app_id:id service_id:id trunk_id:id voice_type',
  },
};
