// Prices: as text, exactly; and as lengths and an order, for which a float will do.

/** An amount as people of this browser's language read it; what has no currency stays bare. */
export function money({ amount, currency }) {
  if (!currency) {
    return amount;
  }
  try {
    // A text, not a number: Intl formats its digits exactly.
    const format = { style: 'currency', currency, maximumFractionDigits: 10 };
    return new Intl.NumberFormat(undefined, format).format(amount);
  } catch {
    return `${amount} ${currency}`;
  }
}

/** What is charged when it is bought, as the core counts it for `maxPrice`; null where no provider says. */
export function atOnce({ once, recurring }) {
  if (!once || !recurring) {
    return once ?? recurring;
  }
  if (once.currency === recurring.currency) {
    return { amount: sum(once.amount, recurring.amount), currency: once.currency };
  }
  return Number(once.amount) === 0 ? recurring : null;
}

/** Decimal texts, added exactly. */
function sum(one, other) {
  const places = Math.max(...[one, other].map((text) => text.split('.')[1]?.length ?? 0));
  const units = (text) => {
    const [whole, part = ''] = text.split('.');
    return BigInt(whole + part.padEnd(places, '0'));
  };
  const digits = String(units(one) + units(other)).padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** What is charged again, in words; nothing where nothing is. */
export function again({ recurring, everyMonths }) {
  if (!recurring) {
    return '';
  }
  return `${money(recurring)} ${everyMonths > 1 ? `every ${everyMonths} months` : 'a month'}`;
}

/**
 * Where a price stands among others: `scale` names what it can be compared with, `value` is how much it is there. Those
 * that the rates know are on one scale, each other currency has its own; what has no price comes last.
 */
export function standing(price, rates) {
  const charged = atOnce(price);
  if (!charged) {
    return { rank: 3, scale: '', value: 0 };
  }
  const target = rates[0]?.worth.currency;
  const rate = rates.find(({ currency }) => currency === charged.currency);
  const value = Number(charged.amount);
  if (charged.currency && (rate || charged.currency === target)) {
    return { rank: 0, scale: target, value: rate ? value * Number(rate.worth.amount) : value };
  }
  return { rank: charged.currency ? 1 : 2, scale: charged.currency ?? '', value };
}

/** Cheapest first, scale by scale. */
export function compare(one, other) {
  return one.rank - other.rank || one.scale.localeCompare(other.scale) || one.value - other.value;
}
