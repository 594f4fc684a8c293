// The page: one client in the browser, five providers, and what you own there.

import { Trunkline } from './trunkline/esm/web.js';
import { providers } from './providers.js';
import { element, money, notice, problem } from './view.js';

const POLL_MS = 2000;
const $ = (id) => document.getElementById(id);

// The sandbox is where this page is from.
const accounts = await fetch('accounts.json').then((reply) => reply.json());
for (const settings of Object.values(accounts)) {
  settings.baseUrl = new URL(settings.baseUrl, location.origin).href;
  if (settings.authUrl) {
    settings.authUrl = new URL(settings.authUrl, location.origin).href;
  }
}
const client = new Trunkline({ accounts });
let chosen = 'rentnumber';
// Answers to an older question are not shown.
let asked = 0;

function showProviders() {
  for (const [slug, { title }] of Object.entries(providers)) {
    const input = element('input', { type: 'radio', name: 'provider', value: slug, checked: slug === chosen });
    input.addEventListener('change', () => {
      chosen = slug;
      showFields();
    });
    $('providers').append(element('label', { className: 'choice' }, input, element('span', {}, title)));
  }
}

async function showFields() {
  const mine = ++asked;
  $('offers').replaceChildren(element('p', { className: 'empty' }, 'Choose what you are looking for.'));
  const fields = await Promise.all(providers[chosen].fields.map(field)).catch((error) => {
    problem(error, `${providers[chosen].title} does not say what there is.`);
  });
  if (fields && mine === asked) {
    $('fields').replaceChildren(...fields);
  }
}

async function field({ name, label, value, choices }) {
  let control;
  if (choices) {
    const options = typeof choices === 'function' ? await choices(client) : choices.map((word) => [word, word]);
    const shown = options.map(([word, title]) => element('option', { value: word, selected: word === value }, title));
    control = element('select', { name }, ...shown);
  } else {
    control = element('input', { name, value });
  }
  return element('label', {}, element('span', {}, label), control);
}

async function search(event) {
  event.preventDefault();
  const mine = ++asked;
  const provider = chosen;
  const question = Object.fromEntries(new FormData(event.target));
  const offers = $('offers');
  offers.setAttribute('aria-busy', 'true');
  offers.replaceChildren(element('p', { className: 'empty' }, `Asking ${providers[provider].title} …`));
  try {
    const found = await providers[provider].find(client, question);
    if (mine === asked) {
      offers.replaceChildren(found.length ? offersTable(provider, found) : nothing(provider));
    }
  } catch (error) {
    if (mine === asked) {
      offers.replaceChildren(element('p', { className: 'empty' }, 'No offers.'));
    }
    problem(error, `${providers[provider].title}’s offers cannot be shown.`);
  } finally {
    offers.setAttribute('aria-busy', 'false');
  }
}

function nothing(provider) {
  return element('p', { className: 'empty' }, `${providers[provider].title} offers nothing like that now.`);
}

function offersTable(provider, found) {
  const rows = found.map((offer) => {
    const act = offer.soldOut ? 'Sold out' : 'Buy';
    const buy = element('button', { disabled: offer.soldOut === true }, act);
    buy.setAttribute('aria-label', `${act}: ${offer.title} for ${money(offer.price)}`);
    buy.addEventListener('click', () => purchase(provider, offer, buy));
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, offer.title, element('div', { className: 'detail' }, offer.detail)),
      element('td', { className: 'price' }, money(offer.price), element('div', { className: 'detail' }, offer.per ?? '')),
      element('td', { className: 'act' }, buy),
    );
  });
  const heads = [['Offer', ''], ['Price', 'price'], ['', '']];
  const head = heads.map(([title, className]) => element(title ? 'th' : 'td', { className }, title));
  const count = found.length === 1 ? '1 offer' : `${found.length} offers`;
  const caption = element('caption', {}, `${count} of ${providers[provider].title}`);
  const table = element('table', {}, caption, element('thead', {}, element('tr', {}, ...head)));
  table.append(element('tbody', {}, ...rows));
  return element('div', { className: 'scroll', tabIndex: 0 }, table);
}

async function purchase(provider, offer, button) {
  button.disabled = true;
  try {
    const bought = await offer.buy();
    notice(`${bought.number ?? 'A number'} is yours.`);
    show(provider, offer, bought);
  } catch (error) {
    problem(error, 'Nothing was bought.', 'Nobody knows whether it was bought: look into your account.');
  } finally {
    button.disabled = false;
  }
}

/** A number that was bought, with its inbox. */
function show(provider, offer, bought) {
  const { title, read, status: look = read, release } = providers[provider];
  const status = element('p', { className: 'detail' });
  const inbox = element('ul', { className: 'inbox' });
  inbox.setAttribute('aria-live', 'polite');
  inbox.setAttribute('aria-label', `Messages to ${bought.number}`);
  const giveBack = element('button', {}, 'Release');
  giveBack.setAttribute('aria-label', `Release ${bought.number}`);
  const acts = element('div', { className: 'acts' }, giveBack);
  const item = element('li', {}, element('h3', {}, bought.number ?? bought.id), status, inbox, acts);
  const saw = (seen) => {
    status.textContent = about(title, offer, seen.status);
    giveBack.disabled = seen.status === 'pending';
    const fresh = seen.messages.slice(0, Math.max(0, seen.messages.length - inbox.childElementCount));
    inbox.prepend(...fresh.map(message));
  };
  saw({ status: bought.status, messages: [] });
  const unseen = (error) => problem(error, `What comes to ${bought.number} cannot be seen now.`);
  const timer = look && watch(() => look(client, bought).then(saw, unseen));
  if (read) {
    acts.prepend(testMessage(provider, bought));
  } else {
    inbox.replaceWith(element('p', { className: 'detail' }, `${title} has no call that reads messages: it pushes them.`));
  }
  giveBack.addEventListener('click', async () => {
    giveBack.disabled = true;
    try {
      await release(client, bought);
      clearInterval(timer);
      item.remove();
      $('no-numbers').hidden = $('numbers').childElementCount > 0;
      notice(`${bought.number} is given back.`);
      $('owned-title').focus();
    } catch (error) {
      problem(error, `${bought.number} is still yours.`, `Nobody knows whether ${bought.number} was given back.`);
      giveBack.disabled = false;
    }
  });
  $('numbers').prepend(item);
  $('no-numbers').hidden = true;
}

function about(title, offer, status) {
  return [title, `${money(offer.price)}${offer.per ? ` ${offer.per}` : ''}`, status].filter(Boolean).join(' · ');
}

/** Looks every now and then, until its timer is cleared. */
function watch(look) {
  let looking = false;
  return setInterval(async () => {
    if (looking || document.hidden) {
      return;
    }
    looking = true;
    await look();
    looking = false;
  }, POLL_MS);
}

function message({ sender, text, code }) {
  const found = code ?? text?.match(/\d{4,8}/)?.[0];
  const parts = [element('div', { className: 'detail' }, sender ? `from ${sender}` : 'SMS'), text ?? ''];
  if (found) {
    parts.push(element('div', { className: 'code' }, found));
  }
  return element('li', {}, ...parts);
}

/** The sandbox plays the sender. */
function testMessage(provider, bought) {
  const button = element('button', { className: 'main' }, 'Send a test SMS to it');
  button.addEventListener('click', async () => {
    const digits = String(Math.floor(Math.random() * 900000) + 100000);
    const body = JSON.stringify({ provider, to: bought.number, from: 'Acme', text: `Your Acme code is ${digits}` });
    const reply = await fetch('/_sandbox/messages', { method: 'POST', body });
    if (!reply.ok) {
      notice('The sandbox did not take the message.', await reply.text());
    }
  });
  return button;
}

$('search').addEventListener('submit', search);
$('owned-title').tabIndex = -1;
showProviders();
await showFields();
