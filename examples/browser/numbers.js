// The numbers of every account.

import { again } from './price.js';
import { $, button, confirmed, element, named, notice, problem, showFailures, words } from './view.js';

/** Nothing will come of these again: the statuses after which the core gives a number up. */
const OVER = ['completed', 'released', 'cancelled', 'refunded', 'expired', 'failed'];

export class Numbers {
  #place;
  #released;
  #asked = 0;

  constructor(place, released) {
    [this.#place, this.#released] = [place, released];
    $('look-again').onclick = () => this.show().then(released);
    $('numbers').replaceChildren();
    showFailures($('numbers-failures'), [], place.titles);
  }

  async show() {
    const mine = ++this.#asked;
    const { client, titles } = this.#place;
    try {
      const { numbers, failures } = await client.listNumbers();
      if (mine !== this.#asked) {
        return;
      }
      const inUse = numbers.filter(({ status }) => !OVER.includes(status));
      $('numbers').replaceChildren(...inUse.map((number) => this.#item(number)));
      $('no-numbers').hidden = inUse.length > 0;
      showFailures($('numbers-failures'), failures, titles);
    } catch (error) {
      problem(error, 'Your numbers cannot be listed.');
    }
  }

  #item(number) {
    const { titles, sandbox, gateway, pushing } = this.#place;
    const name = number.phoneNumber ?? 'a number that is not there yet';
    // Errors and journals name a number by its id, where that is another than its digits.
    const id = number.nativeId.includes(name.replace('+', '')) ? '' : `id ${number.nativeId}`;
    const account = named(number.account, number.provider, titles);
    const about = [account, number.kind, number.status, again(number.price), id];
    const acts = [];
    if (sandbox && number.phoneNumber) {
      acts.push(button('Send a test SMS', () => testMessage(number), { label: `Send a test SMS to ${name}` }));
    }
    if (gateway && pushing.includes(number.provider)) {
      const label = `Send its messages here: ${name}`;
      acts.push(button('Send its messages here', (it) => this.#subscribe(number, it), { label }));
    }
    const unheard = !gateway && pushing.includes(number.provider);
    const note = unheard ? 'Its messages are sent as events: only a gateway can hand them to a page.' : '';
    acts.push(button('Release', (it) => this.#release(number, it), { label: `Release ${name}` }));
    return element(
      'li',
      {},
      element('h3', {}, name),
      element('p', { className: 'detail' }, about.filter(Boolean).map(words).join(' · ')),
      ...(note ? [element('p', { className: 'detail' }, note)] : []),
      element('div', { className: 'acts' }, ...acts),
    );
  }

  /** Providers that send messages as events send them to the gateway, which hands them on. */
  async #subscribe({ id, account, phoneNumber }, pressed) {
    pressed.disabled = true;
    const webhookUrl = `${this.#place.gateway.replace(/\/$/, '')}/events/${account}`;
    try {
      await this.#place.client.configure({ number: id, webhookUrl });
      notice(`Messages to ${phoneNumber} go to the gateway.`);
    } catch (error) {
      problem(error, `Messages to ${phoneNumber} go where they went.`, 'Nobody knows where its messages go now.');
    } finally {
      pressed.disabled = false;
    }
  }

  async #release({ id, phoneNumber }, pressed) {
    const name = phoneNumber ?? 'the number';
    const text = element('p', {}, 'It cannot be had back.');
    if (!(await confirmed(`Release ${name}?`, [text], 'Release'))) {
      return;
    }
    pressed.disabled = true;
    try {
      const { status } = await this.#place.client.release({ number: id });
      notice(status === 'releasing' ? `${name} ends with what was paid for.` : `${name} is given back.`);
      await this.show();
      this.#released();
      $('owned-title').focus();
    } catch (error) {
      problem(error, `${name} is still yours.`, `Nobody knows whether ${name} was given back.`);
      pressed.disabled = false;
    }
  }
}

/** The sandbox plays the sender. */
async function testMessage({ provider, phoneNumber }) {
  const digits = String(Math.floor(Math.random() * 900000) + 100000);
  const body = JSON.stringify({ provider, to: phoneNumber, from: 'Acme', text: `Your Acme code is ${digits}` });
  const reply = await fetch('/_sandbox/messages', { method: 'POST', body });
  if (reply.ok) {
    notice(`A message to ${phoneNumber} is on its way.`);
  } else {
    notice('The sandbox did not take the message.', await reply.text());
  }
}
