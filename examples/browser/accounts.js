// Where accounts are. The page has the keys itself only where all is pretended: real ones do not belong in a page, and
// providers answer no page of another origin. A gateway has them for it.
//
// A place: client; told, in words; titles, of the providers; accounts, how many; pushing, the providers that send
// messages as events; gateway, its URL, or null; sandbox, whether it can be told to send messages.

import { Trunkline } from './trunkline/esm/web.js';

/** The sandbox that this page is from; undefined where it is from elsewhere. */
export async function pretended() {
  const reply = await fetch('accounts.json');
  if (!reply.ok) {
    return undefined;
  }
  const accounts = await reply.json();
  for (const settings of Object.values(accounts)) {
    settings.baseUrl = new URL(settings.baseUrl, location.origin).href;
    if (settings.authUrl) {
      settings.authUrl = new URL(settings.authUrl, location.origin).href;
    }
  }
  const client = new Trunkline({ accounts, journal: 'page' });
  const told = 'The five providers are pretended here: nothing costs anything.';
  return { client, told, gateway: null, sandbox: true, ...(await abilities(client)) };
}

export async function behindGateway(url, token) {
  const client = new Trunkline({ gateway: url, token });
  const told = `The accounts are those of the gateway at ${url}.`;
  return { client, told, gateway: url, sandbox: false, ...(await abilities(client)) };
}

async function abilities(client) {
  const { providers } = await client.capabilities();
  return {
    titles: Object.fromEntries(providers.map(({ provider, name }) => [provider, name])),
    accounts: providers.reduce((sum, { accounts }) => sum + accounts.length, 0),
    pushing: providers.filter(({ pushesMessages }) => pushesMessages).map(({ provider }) => provider),
  };
}
