// One live inbox: what all numbers have received, then what comes.

import { $, button, element, notice, problem, showFailures } from './view.js';

/** As long as gateways allow unless told otherwise; then it is begun anew. */
const FOR_MS = 300_000;

export class Inbox {
  #place;
  #giveUp = new AbortController();
  /** What is shown: it comes again when the inbox is begun again. */
  #known = new Set();

  constructor(place) {
    this.#place = place;
    $('inbox').replaceChildren();
    $('read-again').onclick = () => this.start();
  }

  stop() {
    this.#giveUp.abort();
  }

  /** Reads until it is stopped, or nothing is left to be read. */
  async start() {
    this.stop();
    const giveUp = (this.#giveUp = new AbortController());
    $('inbox-acts').hidden = true;
    try {
      while (await this.#read(giveUp.signal)) {
        // The time was over.
      }
      if (!giveUp.signal.aborted) {
        $('inbox-state').textContent = this.#known.size === 0 ? 'Messages to your numbers appear here.' : '';
      }
    } catch (error) {
      if (!giveUp.signal.aborted) {
        $('inbox-state').textContent = 'The inbox is not read now.';
        $('inbox-acts').hidden = false;
        problem(error, 'Messages cannot be read now.');
      }
    }
  }

  /** Gives whether to go on: what ends before its time has nothing to read. */
  async #read(signal) {
    const { client, titles } = this.#place;
    const failures = [];
    showFailures($('inbox-failures'), failures, titles);
    $('inbox-state').textContent = 'Messages to your numbers appear here as they come.';
    const begun = performance.now();
    for await (const { number, message, failure } of client.inbox.all({}, { timeoutMs: FOR_MS, signal })) {
      if (signal.aborted) {
        return false;
      }
      if (failure) {
        failures.push(failure);
        showFailures($('inbox-failures'), failures, titles);
      } else {
        this.#take(number, message);
      }
    }
    return !signal.aborted && performance.now() - begun > FOR_MS - 1000;
  }

  #take(number, message) {
    const key = JSON.stringify([number, message.id ?? [message.receivedAt, message.sender, message.text]]);
    if (!this.#known.has(key)) {
      this.#known.add(key);
      $('inbox').prepend(item(message, this.#place.titles));
    }
  }
}

function item({ sender, to, text, code, receivedAt, provider }, titles) {
  const when = receivedAt?.toLocaleTimeString(undefined, { timeStyle: 'short' });
  const about = [sender && `from ${sender}`, to && `to ${to}`, titles[provider], when].filter(Boolean).join(' · ');
  const made = element('li', {}, element('div', { className: 'detail' }, about), element('div', {}, text));
  if (code) {
    const copy = button('Copy', () => copied(code), { label: `Copy ${code}` });
    made.append(element('div', { className: 'acts' }, element('output', { className: 'code' }, code), copy));
  }
  return made;
}

async function copied(code) {
  try {
    await navigator.clipboard.writeText(code);
    notice(`${code} is copied.`);
  } catch (error) {
    notice(`${code} could not be copied.`, error.message);
  }
}
