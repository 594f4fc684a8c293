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
export function notice(title, detail) {
  const close = element('button', {}, 'Close');
  const text = element('div', {}, element('p', {}, title));
  const shown = element('div', { className: detail ? 'notice bad' : 'notice' }, text, close);
  close.addEventListener('click', () => shown.remove());
  const notices = document.getElementById('notices');
  notices.append(shown);
  while (notices.childElementCount > 2) {
    notices.firstElementChild.remove();
  }
  if (detail) {
    text.append(element('p', { className: 'detail' }, detail));
  } else {
    setTimeout(() => shown.remove(), 6000);
  }
}

/**
 * What failed, as a person reads it, and the error's own words. `done` says that it was not done; `doubted`, where there is
 * one, is said instead where nobody knows.
 */
export function problem(error, done, doubted = done) {
  notice(error.delivery === 'unknown' ? doubted : done, error.message);
}
