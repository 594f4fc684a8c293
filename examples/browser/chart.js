// Prices side by side: a bar for each price of an account, as long as what is charged at once; a scale for each currency,
// or one for all that the rates know. Each bar stands beside its words, so that nothing is said by length or colour alone.

import { term } from './offers.js';
import { again, atOnce, compare, money, standing } from './price.js';
import { element, named, words } from './view.js';

export function chart(offers, rates, titles) {
  const scales = new Map();
  for (const bar of bars(offers, rates, titles)) {
    scales.set(bar.scale, [...(scales.get(bar.scale) ?? []), bar]);
  }
  return [...scales].map(([scale, bars]) => drawn(scale, bars, rates.length > 0));
}

/** Offers of one account that cost the same are one bar. */
function bars(offers, rates, titles) {
  const found = new Map();
  for (const { account, provider, kind, price, term: lasts } of offers) {
    const charged = atOnce(price);
    if (!charged) {
      continue;
    }
    const what = [named(account, provider, titles), kind && words(kind)].filter(Boolean).join(', ');
    const more = again(price) ? `then ${again(price)}` : term(lasts);
    const key = JSON.stringify([what, charged, more]);
    const bar = found.get(key) ?? { what, charged, more, count: 0, ...standing(price, rates) };
    bar.count += 1;
    found.set(key, bar);
  }
  return [...found.values()].sort(compare);
}

function drawn(scale, bars, converted) {
  const longest = Math.max(...bars.map(({ value }) => value)) || 1;
  const rows = bars.map(({ what, charged, more, count, value, rank }) => {
    const length = element('span', { className: 'bar', ariaHidden: 'true' });
    length.style.setProperty('--part', value / longest);
    const worth = rank === 0 && charged.currency !== scale ? ` ≈ ${roughly(value, scale)}` : '';
    return element(
      'li',
      {},
      element('span', { className: 'what' }, what),
      length,
      element('span', { className: 'cost' }, `${money(charged)}${worth}`),
      element('span', { className: 'detail' }, [more, offered(count)].filter(Boolean).join(', ')),
    );
  });
  const title = scale ? `Charged at once, in ${scale}` : 'Charged at once, in a currency that is not named';
  const told = converted && bars[0].rank === 0 ? `${title} by your rates` : title;
  const list = element('ol', { className: 'bars', ariaLabel: told }, ...rows);
  return element('figure', {}, element('figcaption', {}, told), list);
}

function offered(count) {
  return count === 1 ? '1 offer' : `${count} offers`;
}

/** By rates it is an estimate, and is told as one. */
function roughly(value, currency) {
  return money({ amount: String(Number(value.toPrecision(3))), currency });
}
