/** Accounts as the core takes them: JSON, with its names. */

import { Codec, called, refuse } from './codec.js';
import { settings } from './generated/settings.js';
import { tables } from './generated/tables.js';

const codec = new Codec(settings);
const providers = Object.keys(tables);

function encode(provider: string, account: string, given: unknown): unknown {
  const shape = Object.keys(settings).find((name) => name.toLowerCase() === `${provider}settings`) as string;
  return codec.encode(shape, given, '', account);
}

function named(name: string, given: unknown): unknown {
  const path = `accounts.${name}`;
  if (typeof given !== 'object' || given === null) return refuse({ operation: '', path }, `it must be an object, and is ${called(given)}`);
  const { provider = name, ...rest } = given as { provider?: unknown };
  if (!providers.includes(provider as string)) {
    return refuse({ operation: '', path: `${path}.provider` }, `it must be one of ${providers.join(', ')}`);
  }
  return { provider, ...(encode(provider as string, path, rest) as object) };
}

/** The accounts of a client's options; none where there are none. */
export function accountsIn(options: Readonly<Record<string, unknown>>): string | undefined {
  const config: Record<string, unknown> = {};
  for (const provider of providers) {
    const given = options[provider];
    if (given !== undefined && given !== null) config[provider] = encode(provider, provider, given);
  }
  const { accounts } = options;
  if (accounts !== undefined && accounts !== null) {
    if (typeof accounts !== 'object') refuse({ operation: '', path: 'accounts' }, `it must be an object, and is ${called(accounts)}`);
    for (const [name, given] of Object.entries(accounts)) config[name] = named(name, given);
  }
  return Object.keys(config).length > 0 ? JSON.stringify(config) : undefined;
}
