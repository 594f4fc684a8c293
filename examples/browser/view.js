// Pieces of the page.

/** An element with properties and content; text is never read as HTML. */
export function element(name, properties = {}, ...content) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...content);
  return made;
}

/** An amount as people of this browser's language read it; what has no currency stays bare. */
export function money(price) {
  if (!price) {
    return 'price unknown';
  }
  if (!price.currency) {
    return price.amount;
  }
  try {
    // A text, not a number: Intl formats its digits exactly.
    return new Intl.NumberFormat(undefined, { style: 'currency', currency: price.currency }).format(price.amount);
  } catch {
    return `${price.amount} ${price.currency}`;
  }
}

/** Says what happened; goes away by itself unless it is bad. */
export function notice(text, bad = false) {
  const close = element('button', {}, 'Close');
  const shown = element('div', { className: bad ? 'notice bad' : 'notice' }, element('p', {}, text), close);
  close.addEventListener('click', () => shown.remove());
  const notices = document.getElementById('notices');
  notices.append(shown);
  while (notices.childElementCount > 2) {
    notices.firstElementChild.remove();
  }
  if (!bad) {
    setTimeout(() => shown.remove(), 6000);
  }
}

/** An error as a person reads it: its own words, and whether anything may have happened. */
export function problem(error) {
  const doubt = error.delivery === 'unknown' ? ' It may have been carried out all the same.' : '';
  notice(`${error.message}${doubt}`, true);
}
