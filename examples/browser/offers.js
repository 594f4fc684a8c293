// The table of offers, cheapest first, and those that were chosen of it, in order of preference.

import { again, atOnce, compare, money, standing } from './price.js';
import { $, button, element, named, words } from './view.js';

export class Offers {
  #rates;
  #titles;
  #buy;
  #rows = [];
  #chosen = [];
  #body = element('tbody');
  #caption = element('caption');

  /** `buy` is given offers, best first. */
  constructor(rates, titles, buy) {
    this.#rates = rates;
    this.#titles = titles;
    this.#buy = buy;
    $('buy-chosen').onclick = () => this.#buy(this.#chosen.map(({ offer }) => offer));
    this.#tellChosen();
  }

  get all() {
    return this.#rows.map(({ offer }) => offer);
  }

  /** Among those that are there, which stay where they are: what has the focus keeps it. */
  add(offers) {
    for (const offer of offers) {
      const row = this.#row(offer);
      const at = this.#rows.findIndex((other) => compare(row.standing, other.standing) < 0);
      this.#body.insertBefore(row.shown, this.#rows[at]?.shown ?? null);
      this.#rows.splice(at < 0 ? this.#rows.length : at, 0, row);
    }
    this.#caption.textContent = this.#rows.length === 1 ? '1 offer' : `${this.#rows.length} offers, cheapest first`;
    if (this.#rows.length > 0 && !this.#body.isConnected) {
      $('offers').replaceChildren(this.#table());
    }
  }

  #table() {
    const heads = ['Number', 'Kind, for', 'At once, and again', 'Account, stock'].map((title, at) =>
      element('th', { scope: 'col', className: at === 2 ? 'price' : '' }, title),
    );
    const head = element('tr', {}, element('th', { scope: 'col' }, 'Choose'), ...heads, element('td', {}));
    const table = element('table', {}, this.#caption, element('thead', {}, head), this.#body);
    const region = element('div', { className: 'scroll', tabIndex: 0, role: 'region' }, table);
    region.setAttribute('aria-label', 'Offers');
    return region;
  }

  #row(offer) {
    const name = title(offer);
    const charged = atOnce(offer.price);
    const cost = charged ? money(charged) : 'price unknown';
    const soldOut = offer.stock === 0;
    const account = named(offer.account, offer.provider, this.#titles);
    const label = `${name} of ${account} for ${cost}`;
    const act = soldOut ? 'Sold out' : 'Buy';
    const buy = button(act, () => this.#buy([offer]), { label: `${act}: ${label}` });
    const place = element('span', { className: 'place' });
    const box = element('input', { type: 'checkbox', disabled: soldOut, ariaLabel: `Choose ${label}` });
    buy.disabled = soldOut;
    const row = { offer, place, standing: standing(offer.price, this.#rates) };
    box.addEventListener('change', () => this.#choose(row, box.checked));
    const more = again(offer.price);
    row.shown = element(
      'tr',
      {},
      element('td', { className: 'choose' }, element('label', {}, box, place)),
      element('th', { scope: 'row' }, name, detail([offer.country, offer.service, term(offer.term)])),
      element('td', {}, offer.kind ? words(offer.kind) : 'any kind', detail(offer.capabilities)),
      element('td', { className: 'price' }, cost, detail([more && `then ${more}`])),
      element('td', {}, account, detail([offer.stock !== null && `${offer.stock} in stock`])),
      element('td', { className: 'act' }, buy),
    );
    return row;
  }

  #choose(row, chosen) {
    this.#chosen = this.#chosen.filter((other) => other !== row);
    if (chosen) {
      this.#chosen.push(row);
    }
    row.place.textContent = '';
    this.#tellChosen();
  }

  #tellChosen() {
    this.#chosen.forEach((row, at) => (row.place.textContent = `${at + 1}.`));
    $('choice').hidden = this.#chosen.length === 0;
    const named = this.#chosen.map(({ offer }, at) => `${at + 1}. ${title(offer)} of ${this.#titles[offer.provider]}`);
    $('choice-text').textContent = `In this order: ${named.join(' · ')}`;
  }
}

/** The number, or which one it will be. */
export function title({ phoneNumber, country }) {
  return phoneNumber ?? (country ? `any ${country} number` : 'any number');
}

/** For how long, where it ends by itself. */
export function term({ kind, months, native }) {
  if (kind === 'subscription') {
    return '';
  }
  return kind === 'fixed' && months ? `for ${months === 1 ? 'a month' : `${months} months`}` : words(native ?? kind);
}

function detail(parts) {
  return element('div', { className: 'detail' }, parts.filter(Boolean).join(', '));
}
