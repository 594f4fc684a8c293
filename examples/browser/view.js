// Pieces of the page.

export const $ = (id) => document.getElementById(id);

/** An element with properties and content; text is never read as HTML. */
export function element(name, properties = {}, ...content) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...content);
  return made;
}

/** A button; `label`, where it is given, is what those hear who do not see what it stands beside. */
export function button(text, act, { label, className = '' } = {}) {
  const made = element('button', { type: 'button', className }, text);
  if (label) {
    made.setAttribute('aria-label', label);
  }
  made.addEventListener('click', () => act(made));
  return made;
}

/** `one_message` as "one message". */
export function words(name) {
  return name === 'voip' ? 'VoIP' : name.replaceAll('_', ' ');
}

/** Fills a list with what failed, each once. */
export function showFailures(list, failures, titles) {
  const lines = failures.map(({ account, provider, message }) => `${named(account, provider, titles)}: ${message}`);
  list.replaceChildren(...[...new Set(lines)].map((line) => element('li', {}, line)));
}

/** An account as people know it: its provider, and its own name where it has another. */
export function named(account, provider, titles) {
  const title = titles[provider] ?? provider;
  return account === provider ? title : `${title} (${account})`;
}

/** Says what happened; goes away by itself unless it is bad. */
export function notice(title, ...details) {
  const shown = show(title, details);
  if (details.length === 0) {
    setTimeout(() => shown.remove(), 6000);
  }
}

/** Says what is under way, until the function that it gives is called. */
export function busy(title) {
  const shown = show(title, []);
  return () => shown.remove();
}

function show(title, details) {
  const text = element('div', {}, element('p', {}, title));
  text.append(...details.map((detail) => element('p', { className: 'detail' }, detail)));
  const close = button('Close', () => shown.remove());
  const shown = element('div', { className: details.length ? 'notice bad' : 'notice' }, text, close);
  const notices = $('notices');
  notices.append(shown);
  while (notices.childElementCount > 2) {
    notices.firstElementChild.remove();
  }
  return shown;
}

/**
 * What failed, as a person reads it, and the error's own words. `done` says that it was not done; `doubted`, where there is
 * one, is said instead where nobody knows.
 */
export function problem(error, done, doubted = done) {
  notice(error.delivery === 'unknown' ? doubted : done, error.message);
}

/**
 * Asks before something is done that cannot be undone; gives whether to do it. Each question has a dialog of its own:
 * browsers tell later that one was closed, when the next may be open already.
 */
export function confirmed(title, content, yes) {
  const heading = element('h2', { id: 'question-title' }, title);
  const acts = element(
    'div',
    { className: 'acts' },
    element('button', { className: 'main', value: 'yes' }, yes),
    element('button', { value: 'no' }, 'Cancel'),
  );
  const form = element('form', { method: 'dialog' }, heading, ...content, acts);
  const dialog = element('dialog', {}, form);
  dialog.setAttribute('aria-labelledby', heading.id);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}
