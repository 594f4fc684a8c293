// Purchases whose end nobody knows: those of this page, and, after it was closed or has crashed, those of the one before.

import { $, element, named, notice, problem } from './view.js';

const OUTCOMES = { bought: 'was bought', not_bought: 'was not bought', unknown: 'may have been bought' };
const STATES = {
  sent: 'under way',
  lost: 'its answer was lost, and it is being looked for',
  abandoned: 'nobody works on it any more',
  unknown: 'it was looked for, and nobody can tell',
};

export class Purchases {
  #place;
  #recovered;

  /** `recovered` is called after it was looked what became of them. */
  constructor(place, recovered) {
    [this.#place, this.#recovered] = [place, recovered];
    $('open').replaceChildren();
    $('recovered').replaceChildren();
    $('open-acts').hidden = place.gateway !== null;
    $('recover').onclick = () => this.#recover();
  }

  async show() {
    if (this.#place.gateway !== null) {
      $('open-text').textContent =
        'The gateway has the journal of its purchases. A page cannot read it: “trunkline recover” does, where it runs.';
      return;
    }
    try {
      const open = await this.#place.client.openPurchases();
      $('open').replaceChildren(...open.map((purchase) => this.#opened(purchase)));
      const none = 'This page has none. “Recover” looks for those of pages that were closed or have crashed, too.';
      $('open-text').textContent = open.length === 0 ? none : '';
    } catch (error) {
      problem(error, 'Open purchases cannot be listed.');
    }
  }

  #opened({ account, operation, state, candidates }) {
    const among = candidates.length ? `; it may be ${candidates.join(' or ')}` : '';
    return element('li', {}, `${this.#named(account, operation)}: ${STATES[state] ?? state}${among}.`);
  }

  #named(account, operation) {
    const { titles } = this.#place;
    const [provider] = operation.split('.');
    return named(account.split('@')[0], provider, titles);
  }

  async #recover() {
    const pressed = $('recover');
    pressed.disabled = true;
    $('recovered').replaceChildren();
    let found = 0;
    try {
      for await (const recovered of this.#place.client.recover()) {
        found += 1;
        $('recovered').append(this.#ended(recovered));
      }
      if (found === 0) {
        notice('There is nothing to recover.');
      }
    } catch (error) {
      problem(error, 'Not every purchase could be looked for.');
    } finally {
      pressed.disabled = false;
    }
    await this.#recovered();
  }

  #ended({ account, operation, at, outcome, ids, candidates, reason }) {
    const what = outcome === 'bought' ? ids : candidates;
    const begun = at.toLocaleTimeString(undefined, { timeStyle: 'short' });
    const told = `${this.#named(account, operation)}: what was begun at ${begun} ${OUTCOMES[outcome] ?? outcome}`;
    const details = [what.join(', '), reason].filter(Boolean).join('. ');
    return element('li', { className: outcome }, told, element('div', { className: 'detail' }, details));
  }
}
