// The page: one client in the browser, the numbers of every account in one search, one list and one inbox.

import { behindGateway, pretended } from './accounts.js';
import { Inbox } from './inbox.js';
import { Numbers } from './numbers.js';
import { Purchases } from './purchases.js';
import { Search } from './search.js';
import { $, element, problem } from './view.js';

/** What there is while a place is used; another takes its place. */
let parts;

function leave() {
  parts?.inbox.stop();
  parts?.search.stop();
  parts?.place.client.close();
  parts = undefined;
}

async function use(place) {
  leave();
  $('place').textContent = place.told;
  const inbox = new Inbox(place);
  const numbers = new Numbers(place, () => inbox.start());
  // What is bought, given up or found again changes all of them.
  const changed = async () => {
    await Promise.all([numbers.show(), purchases.show()]);
    // It goes on for as long as there is something to read.
    inbox.start();
  };
  const purchases = new Purchases(place, changed);
  const search = new Search(place, changed);
  parts = { place, inbox, search };
  await Promise.all([changed(), suggestServices(place)]);
}

/** Who cannot list services is no news: it is one provider that has any. */
async function suggestServices({ client }) {
  try {
    const { services } = await client.services();
    const options = services.map(({ service, name }) => element('option', { value: service }, name));
    $('services').replaceChildren(...options);
  } catch (error) {
    problem(error, 'The services are not known, so none are suggested.');
  }
}

$('gateway-form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const { url, token } = Object.fromEntries(new FormData(event.target));
  try {
    const place = await behindGateway(url, token);
    $('gateway').open = false;
    await use(place);
  } catch (error) {
    problem(error, 'The gateway cannot be used.');
  }
});

const here = await pretended();
if (here) {
  await use(here);
} else {
  $('place').textContent = 'There are no accounts here: connect to a gateway, which has them.';
  $('gateway').open = true;
}
