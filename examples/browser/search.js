// One search over all accounts: what each has, as it answers.

import { buy } from './buy.js';
import { chart } from './chart.js';
import { Offers } from './offers.js';
import { $, named, notice, problem, showFailures } from './view.js';

export class Search {
  #place;
  #purchased;
  #giveUp = new AbortController();

  /** `purchased` is called after a purchase, however it ended. */
  constructor(place, purchased) {
    [this.#place, this.#purchased] = [place, purchased];
    $('search').onsubmit = (event) => {
      event.preventDefault();
      this.#begin(new FormData(event.target));
    };
    this.#clear();
  }

  /** Answers to an older question are not waited for, nor shown. */
  stop() {
    this.#giveUp.abort();
  }

  #clear() {
    for (const id of ['progress', 'failures', 'chart', 'offers']) {
      $(id).replaceChildren();
    }
    $('choice').hidden = true;
    $('results').setAttribute('aria-busy', 'false');
  }

  async #begin(form) {
    let question;
    try {
      question = asked(form);
    } catch (error) {
      notice('This cannot be searched for.', error.message);
      return;
    }
    this.stop();
    this.#clear();
    const giveUp = (this.#giveUp = new AbortController());
    $('results').setAttribute('aria-busy', 'true');
    try {
      await this.#run(question, giveUp.signal);
    } catch (error) {
      if (!giveUp.signal.aborted) {
        $('progress').textContent = 'The search ended before every account had answered.';
        problem(error, 'The search failed.');
      }
    }
    if (!giveUp.signal.aborted) {
      $('results').setAttribute('aria-busy', 'false');
    }
  }

  async #run(question, signal) {
    const { client, titles, accounts } = this.#place;
    const rates = question.rates ?? [];
    const offers = new Offers(rates, titles, (chosen) => buy(this.#place, chosen, this.#purchased));
    const answered = [];
    const failures = [];
    $('progress').textContent = 'Asking every account …';
    for await (const { account, provider, offers: found, failure } of client.search.all(question, { signal })) {
      answered.push(named(account, provider, titles));
      if (failure) {
        failures.push(failure);
        showFailures($('failures'), failures, titles);
      }
      offers.add(found);
      $('chart').replaceChildren(...chart(offers.all, rates, titles));
      $('progress').textContent = `${answered.length} of ${accounts} accounts have answered: ${answered.join(', ')}.`;
    }
    const without = failures.length === 0 ? 'No offers.' : 'No offers of the accounts that could be searched.';
    const count = offers.all.length === 1 ? '1 offer' : `${offers.all.length} offers`;
    const failed = failures.length === 0 ? '' : ` ${failures.length} found none, for the reasons below.`;
    const ended = `${answered.length} accounts have answered: ${count}.${failed}`;
    $('progress').textContent = offers.all.length === 0 ? without : ended;
  }
}

/** What the form asks; fields that are empty ask nothing. */
function asked(form) {
  const said = (name) => form.get(name).trim() || undefined;
  const [digits, amount] = [said('digits'), said('amount')];
  const currency = said('currency').toUpperCase();
  return {
    country: said('country'),
    service: said('service'),
    kind: said('kind'),
    digits: digits && { [said('where')]: digits },
    maxPrice: amount && { amount, currency },
    rates: ratesIn(said('rates') ?? '', currency),
  };
}

/** `EUR 1.08, NGN 0.00065` */
function ratesIn(text, worthIn) {
  return text
    .split(',')
    .filter((rate) => rate.trim())
    .map((rate) => {
      const [, currency, amount] = /^\s*([A-Za-z]{3})\s*=?\s*([0-9]+(?:\.[0-9]+)?)\s*$/.exec(rate) ?? [];
      if (!currency) {
        throw new Error(`“${rate.trim()}” is no exchange rate: write EUR 1.08, NGN 0.00065`);
      }
      return { currency: currency.toUpperCase(), worth: { amount, currency: worthIn } };
    });
}
