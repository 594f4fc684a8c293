// One purchase: asked about with the price that is guarded, made once, and told as it ended.

import { again, atOnce, money } from './price.js';
import { title } from './offers.js';
import { busy, confirmed, element, named, notice } from './view.js';

/** Buys the first of these offers that can be bought; `ended` is called when that has ended, well or not. */
export async function buy({ client, titles, gateway }, offers, ended) {
  const [first] = offers;
  const at = (offer) => named(offer.account, offer.provider, titles);
  const question = offers.length === 1 ? `Buy ${title(first)} of ${at(first)}?` : `Buy the first of ${offers.length}?`;
  if (!(await confirmed(question, terms(offers, at), 'Buy'))) {
    return;
  }
  const done = busy('Buying …');
  try {
    tell(await client.buy({ offers: offers.map(({ id }) => id) }), at);
  } catch (error) {
    failed(error, gateway);
  } finally {
    done();
  }
  await ended();
}

function tell({ number, priceChecked, passedOver }, at) {
  const unchecked = priceChecked ? '' : ' Its price could not be asked for again before.';
  const reasons = passedOver.map((failure) => `${at(failure)} did not sell: ${failure.message}`);
  notice(`${number.phoneNumber ?? 'A number'} of ${at(number)} is yours.${unchecked}`, ...reasons);
}

function terms(offers, at) {
  const rows = offers.map((offer) => {
    const charged = atOnce(offer.price);
    const more = again(offer.price);
    const cost = charged ? `${money(charged)} at once${more && `, then ${more}`}` : 'the provider names no price';
    return element('li', {}, offers.length === 1 ? cost : `${title(offer)} of ${at(offer)}: ${cost}`);
  });
  const guard = offers.every(({ price }) => atOnce(price))
    ? 'What asks for more than that by now is not bought.'
    : 'What asks for more than its offer said by now is not bought; what names no price is bought at any.';
  const order = offers.length === 1 ? [] : ['The next is tried only when the one before it is certainly not bought.'];
  const list = element(offers.length === 1 ? 'ul' : 'ol', {}, ...rows);
  return [list, ...[...order, guard].map((text) => element('p', { className: 'detail' }, text))];
}

function failed(error, gateway) {
  if (error.delivery !== 'unknown') {
    notice('Nothing was bought.', error.message);
    return;
  }
  const candidates = error.candidates?.length ? [`It may be one of these: ${error.candidates.join(', ')}.`] : [];
  const next = gateway
    ? 'The gateway goes on with it, and has the journal: look again at your numbers, before you buy again.'
    : 'Before you buy again, “Recover”, at your open purchases, looks what became of it.';
  notice('Nobody knows yet whether it was bought.', ...candidates, next, error.message);
}
