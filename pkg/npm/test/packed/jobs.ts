/** For every operation: what has to be there before it, and parameters with which it succeeds at the sandbox. */

import type { Trunkline } from 'trunkline';

type Params = Record<string, unknown>;

/** What a job can do first. */
export interface Stage {
  readonly client: Trunkline;
  /** Lets so much of the sandbox's time pass. */
  advance(ms: number): Promise<void>;
}

/** Prepares; gives the parameters. */
export type Job = (stage: Stage) => Promise<Params>;

const SINCH_NUMBER = '+12089087284';
const VOEPY_NUMBER = '+15125550100';
const US_MONTH = { countryCode: 'US', duration: 'oneMonth' };
const US_LOCAL = { regionCode: 'US', numberType: 'LOCAL' };
const VONAGE = { country: 'GB', phoneNumber: '+447700900000' };
const VOEPY_ORDER = { phoneNumbers: [VOEPY_NUMBER], countryCode: 'US', numberType: 'local' };
const CONTENT = new TextEncoder().encode('%PDF-1.4');
const VOEPY_FILES = { files: [{ fileName: 'loa.pdf', contentType: 'application/pdf', content: CONTENT }] };
const PORTED = { phoneNumbers: ['+15125559999'] };
const SINCH_ADDRESS = {
  phoneNumber: SINCH_NUMBER,
  displayName: 'Front desk',
  address: { streetNumber: '1', streetInfo: 'Example St', city: 'Boise', state: 'ID', postalCode: '83702' },
};
const VOEPY_ADDRESS = {
  streetAddress: '1 Example St',
  locality: 'Austin',
  administrativeArea: 'TX',
  postalCode: '78701',
  countryCode: 'US',
};

const given =
  (params: Params, prepare?: Job): Job =>
  async (stage) => {
    await prepare?.(stage);
    return params;
  };

const also =
  (params: Params, prepare: Job): Job =>
  async (stage) => ({ ...(await prepare(stage)), ...params });

const tempnumber: Job = async ({ client }) => ({ numberId: (await client.tempnumber.buyNumber(US_MONTH)).id });

const rental: Job = async ({ client }) => ({ rentalId: (await client.rentnumber.rent({ pricingId: 42 })).rentalId });

const sinch: Job = async ({ client }) => {
  const { phoneNumber } = await client.sinch.rentNumber({ phoneNumber: SINCH_NUMBER });
  return { phoneNumber };
};

const sinchEmergency: Job = async (stage) => {
  const number = await sinch(stage);
  await stage.client.sinch.provisionEmergencyAddress(SINCH_ADDRESS);
  return number;
};

const voepy: Job = async ({ client, advance }) => {
  const [ordered] = await client.voepy.orderNumbers(VOEPY_ORDER);
  // Until it is active.
  await advance(10_000);
  return { numberId: ordered?.id };
};

const voepyPorting: Job = async ({ client }) => {
  const [document] = await client.voepy.uploadPortingDocument(VOEPY_FILES);
  return { ...PORTED, documentIds: [document?.id] };
};

const vonage: Job = async ({ client }) => {
  await client.vonage.buyNumber(VONAGE);
  return VONAGE;
};

const nothing = given({});

export const JOBS: Readonly<Record<string, Job>> = {
  'tempnumber.get_account': nothing,
  'tempnumber.list_pricing': nothing,
  'tempnumber.get_country_pricing': given({ countryCode: 'US' }),
  'tempnumber.get_inventory': given(US_MONTH),
  'tempnumber.buy_number': given(US_MONTH),
  'tempnumber.renew_number': tempnumber,
  'tempnumber.cancel_number': tempnumber,
  'tempnumber.list_numbers': given({}, tempnumber),
  'tempnumber.list_number_sms': tempnumber,
  'tempnumber.receive_sms': given({ phoneNumber: '+12025550134' }, tempnumber),
  'rentnumber.get_balance': nothing,
  'rentnumber.list_services': nothing,
  'rentnumber.list_countries': nothing,
  'rentnumber.list_prices': given({ slug: 'whatsapp' }),
  'rentnumber.rent': given({ pricingId: 42 }),
  'rentnumber.get_rental': rental,
  'rentnumber.cancel_rental': rental,
  'rentnumber.list_rentals': given({}, rental),
  'sinch.search_available': given(US_LOCAL),
  'sinch.rent_number': given({ phoneNumber: SINCH_NUMBER }),
  'sinch.list_numbers': given(US_LOCAL, sinch),
  'sinch.update_number': also({ displayName: 'desk' }, sinch),
  'sinch.release_number': sinch,
  'sinch.get_available': given({ phoneNumber: SINCH_NUMBER }),
  'sinch.rent_any_number': given(US_LOCAL),
  'sinch.get_number': sinch,
  'sinch.list_regions': nothing,
  'sinch.get_callback_configuration': nothing,
  'sinch.update_callback_configuration': given({ hmacSecret: '0123456789-0123456789-0123456789-ab' }),
  'sinch.get_emergency_address': sinchEmergency,
  'sinch.provision_emergency_address': given(SINCH_ADDRESS, sinch),
  'sinch.validate_emergency_address': given(SINCH_ADDRESS, sinch),
  'sinch.deprovision_emergency_address': sinchEmergency,
  'voepy.search_available': given({ countryCode: 'US', numberType: 'local' }),
  'voepy.reserve_numbers': given({ phoneNumbers: [VOEPY_NUMBER] }),
  'voepy.order_numbers': given(VOEPY_ORDER),
  'voepy.list_numbers': given({}, voepy),
  'voepy.update_number': also({ customerReference: 'desk' }, voepy),
  'voepy.release_number': voepy,
  'voepy.lookup_number': given({ phoneNumber: VOEPY_NUMBER, lookupType: 'carrier' }),
  'voepy.check_portability': given(PORTED),
  'voepy.check_csr_coverage': given(PORTED),
  'voepy.create_porting_order': voepyPorting,
  'voepy.list_porting_orders': nothing,
  'voepy.upload_porting_document': given(VOEPY_FILES),
  'voepy.create_emergency_address': given(VOEPY_ADDRESS),
  'voepy.get_connection': nothing,
  'voepy.list_connections': nothing,
  'voepy.get_account': nothing,
  'voepy.create_webhook_subscription': given({ targetUrl: 'https://example.com/hook', eventTypes: ['*'] }),
  'voepy.list_webhook_deliveries': nothing,
  'vonage.get_balance': nothing,
  'vonage.get_pricing': given({ country: 'GB' }),
  'vonage.update_settings': given({ moCallbackUrl: 'https://example.com/mo' }),
  'vonage.list_numbers': given({}, vonage),
  'vonage.search_available': given({ country: 'GB' }),
  'vonage.buy_number': given(VONAGE),
  'vonage.cancel_number': vonage,
  'vonage.update_number': also({ moHttpUrl: 'https://example.com/mo' }, vonage),
  'vonage.top_up': given({ trx: '8ef2447e69604f642ae59363aa5f781b' }),
  'vonage.get_product_pricing': given({ product: 'sms', country: 'CA' }),
  'vonage.list_product_pricing': given({ product: 'sms' }),
  'vonage.list_prefix_pricing': given({ product: 'sms', prefix: '44' }),
};
