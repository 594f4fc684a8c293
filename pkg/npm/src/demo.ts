/**
 * The main job at each provider, against the sandbox; no account is needed and none is touched. Each function reads as an
 * example of the API.
 */

import { TrunklineError, type Money, type Trunkline } from 'trunkline';
import { sandbox, type Sandbox } from 'trunkline/sandbox';

const NOT_OFFERED = 'not offered';

/** What came back was not what the demo needs. */
class Stop extends Error {}

const told = ({ amount, currency }: Money): string => `${amount} ${currency ?? ''}`.trim();
const took = (started: number): string => `${(performance.now() - started).toFixed(1)} ms`;

/** What has to be there for the demo to go on. */
function need<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Stop(what);
  return value;
}

/** One provider's part: a line for each step as it ends. */
class Stage {
  number = '–';
  price = '–';
  sms = '–';

  constructor(
    readonly provider: string,
    readonly client: Trunkline,
    readonly sandbox: Sandbox,
  ) {}

  say(step: string, time: string, text: string): void {
    console.log(`${this.provider.padEnd(10)}  ${step.padEnd(8)} ${time.padStart(10)}  ${text}`);
  }

  /** Makes a call, and tells what came back. */
  async step<T>(name: string, call: Promise<T>, tell: (value: T) => string): Promise<T> {
    const started = performance.now();
    const value = await call;
    this.say(name, took(started), tell(value));
    return value;
  }

  /** An SMS arrives. */
  receiveSms(number: string | null): void {
    this.number = need(number, 'a number without its digits');
    this.sandbox.receiveSms(this.provider, { to: this.number, from: 'Acme', text: 'Your Acme code is 481516' });
  }

  /** This provider has no call that reads SMS; that is no failure. */
  noSms(): void {
    this.sms = NOT_OFFERED;
    this.say('receive', '', `${NOT_OFFERED}: this provider has no call that reads SMS`);
  }
}

async function everything<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

async function tempnumber(stage: Stage): Promise<void> {
  const { tempnumber } = stage.client;
  const US = { countryCode: 'US' };
  const pricing = await stage.step('price', tempnumber.getCountryPricing(US), (it) => `${it.packages.length} packages for US numbers`);
  const month = pricing.packages.find(({ duration, price }) => duration === 'oneMonth' && price);
  const { duration, price } = need(month, 'no package for a month');
  stage.price = told(need(price, 'no price'));
  const wanted = { ...US, duration };
  await stage.step('find', tempnumber.getInventory(wanted), (it) => `${it.available} in stock`);
  const number = await stage.step('buy', tempnumber.buyNumber(wanted), (it) => `number ${it.id} for ${stage.price}`);
  stage.receiveSms(number.phoneNumber);
  const { id: numberId } = number;
  const { sms } = await stage.step('receive', tempnumber.listNumberSms({ numberId }), (it) => `${it.sms.length} SMS, “${it.sms[0]?.text}”`);
  // TempNumber leaves it to its customers to find the code.
  const code = /\d{4,}/.exec(sms[0]?.text ?? '')?.[0];
  stage.sms = code ? `code ${code}` : 'an SMS without a code';
  await stage.step('list', tempnumber.listNumbers(), (it) => `${it.length} number(s) on the account`);
  await stage.step('release', tempnumber.cancelNumber({ numberId }), (it) => `it is ${it.status}`);
}

async function rentnumber(stage: Stage): Promise<void> {
  const { rentnumber } = stage.client;
  const { prices } = await stage.step('find', rentnumber.listPrices({ slug: 'whatsapp' }), (it) => {
    return `${it.prices.length} offers for WhatsApp, the first for ${told(need(it.prices[0], 'no offer').finalPrice)}`;
  });
  const offer = need(prices.find(({ stock }) => stock === null || stock > 0), 'nothing in stock');
  const rental = await stage.step('buy', rentnumber.rent({ pricingId: offer.id }), (it) => `rental ${it.rentalId} for ${told(it.cost)}`);
  stage.price = told(rental.cost);
  stage.receiveSms(rental.phoneNumber);
  const { rentalId } = rental;
  const received = await stage.step('receive', rentnumber.getRental.wait({ rentalId }), (it) => `it is ${it.status}, “${it.sms}”`);
  stage.sms = `code ${received.code}`;
  await stage.step('list', rentnumber.listRentals(), (it) => `${it.length} rental(s) on the account`);
  await stage.step('release', rentnumber.cancelRental({ rentalId }), (it) => {
    return `it is ${it.status}; the money ${it.refunded ? 'came back' : 'is spent: an SMS was received'}`;
  });
}

async function sinch(stage: Stage): Promise<void> {
  const { sinch } = stage.client;
  const local = { regionCode: 'US', numberType: 'LOCAL' };
  const found = await stage.step('find', sinch.searchAvailable(local), (it) => {
    return `${it.length} local numbers, the first for ${told(need(it[0]?.monthlyPrice, 'no price'))}`;
  });
  const { phoneNumber, monthlyPrice } = need(found[0], 'no number');
  stage.price = told(need(monthlyPrice, 'no price'));
  stage.number = phoneNumber;
  await stage.step('buy', sinch.rentNumber({ phoneNumber }), (it) => `${it.phoneNumber} for ${stage.price} a month`);
  stage.noSms();
  await stage.step('list', everything(sinch.listNumbers.all(local)), (it) => `${it.length} number(s) in the project`);
  await stage.step('release', sinch.releaseNumber({ phoneNumber }), (it) => `it ends ${it.expireAt?.toISOString()}`);
}

async function voepy(stage: Stage): Promise<void> {
  const { voepy } = stage.client;
  const local = { countryCode: 'US', numberType: 'local' };
  const found = await stage.step('find', voepy.searchAvailable({ ...local, locality: 'Austin', limit: 5 }), (it) => {
    return `${it.length} numbers of Austin, the first for ${told(need(it[0]?.activationFee, 'no price'))}`;
  });
  const { phoneNumber, activationFee } = need(found[0], 'no number');
  [stage.number, stage.price] = [phoneNumber, told(need(activationFee, 'no price'))];
  const order = voepy.orderNumbers({ ...local, phoneNumbers: [phoneNumber] });
  const ordered = await stage.step('buy', order, (it) => `${it.length} number for ${stage.price}`);
  stage.noSms();
  // Looks until it is active: a number that is still pending cannot be released.
  const active = async (): Promise<number> => {
    const numbers = await everything(voepy.listNumbers.all({ status: 'active' }));
    if (numbers.length > 0) return numbers.length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    return active();
  };
  await stage.step('list', active(), (it) => `${it} number(s) active`);
  const { id: numberId } = need(ordered[0], 'no number');
  await stage.step('release', voepy.releaseNumber({ numberId }), () => 'it is given back');
}

async function vonage(stage: Stage): Promise<void> {
  const { vonage } = stage.client;
  const { items } = await stage.step('find', vonage.searchAvailable({ country: 'GB' }), (it) => {
    return `${it.total} British numbers, the first for ${told(need(it.items[0]?.cost, 'no price'))} a month`;
  });
  const { country, phoneNumber, cost } = need(items[0], 'no number');
  [stage.number, stage.price] = [phoneNumber, told(need(cost, 'no price'))];
  const number = { country, phoneNumber };
  await stage.step('buy', vonage.buyNumber(number), (it) => `${it.phoneNumber} for ${stage.price} a month`);
  stage.noSms();
  await stage.step('list', everything(vonage.listNumbers.all()), (it) => `${it.length} number(s) on the account`);
  await stage.step('release', vonage.cancelNumber(number), (it) => `${it.phoneNumber} is given back`);
}

const PARTS: Readonly<Record<string, (stage: Stage) => Promise<void>>> = { tempnumber, rentnumber, sinch, voepy, vonage };

function row([provider = '', number = '', price = '', sms = '', result = '', time = '']: readonly string[]): string {
  return `${provider.padEnd(11)} ${number.padEnd(14)} ${price.padStart(12)}  ${sms.padEnd(12)} ${result.padEnd(13)} ${time.padStart(8)}`;
}

/** Runs the job at each of the five; gives the exit status. */
export async function demo(): Promise<number> {
  const started = performance.now();
  // Three seconds teach nothing that one does not.
  const five = await sandbox({ voepy: { activation_delay_seconds: 1 } });
  const client = five.client();
  const rows = [['provider', 'number', 'price', 'SMS', 'result', 'time']];
  for (const [provider, part] of Object.entries(PARTS)) {
    const [stage, begun] = [new Stage(provider, client, five), performance.now()];
    let result = 'went through';
    try {
      await part(stage);
    } catch (error) {
      if (!(error instanceof TrunklineError || error instanceof Stop)) throw error;
      stage.say('stop', '', error.message);
      result = 'failed';
    }
    rows.push([provider, stage.number, stage.price, stage.sms, result, took(begun)]);
  }
  client.close();
  const well = rows.filter(([, , , , result]) => result === 'went through').length;
  console.log(`\n${rows.map(row).join('\n')}`);
  console.log(`\n${well} of ${rows.length - 1} providers in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  return well === rows.length - 1 ? 0 : 1;
}
