/** Looks for credentials where people would read or keep them. */

import { inspect } from 'node:util';
import type { TrunklineOptions } from 'trunkline';

/** Every credential as it is and as HTTP Basic sends it, and the secrets in the sandbox's replies. */
function marks(accounts: TrunklineOptions): string[] {
  const { tempnumber, rentnumber, sinch, voepy, vonage } = accounts;
  const pairs = [`${sinch?.keyId}:${String(sinch?.keySecret)}`, `${vonage?.apiKey}:${String(vonage?.apiSecret)}`];
  const secrets = [tempnumber?.token, rentnumber?.apiKey, sinch?.keySecret, voepy?.apiKey, vonage?.apiSecret].map(String);
  const all = [...secrets, ...pairs.map((pair) => Buffer.from(pair).toString('base64')), 'whsec_', 'callback-secret'];
  if (all.some((mark) => mark.length < 6)) throw new Error('a mark may be found by chance');
  return all;
}

/** What a text shows. */
export function inText(text: string, accounts: TrunklineOptions): string[] {
  const shown = marks(accounts).filter((mark) => text.includes(mark));
  // Access tokens are made by the provider: they are known by how they are sent.
  const signed = /\b(Bearer|Basic) [^\s*]/.exec(text);
  return [...shown, ...(signed ? [signed[0]] : [])].map((mark) => `shows ${mark}: ${text.slice(0, 500)}`);
}

/** Everything that printing something may show. */
export function texts(value: unknown): string[] {
  const deep = { depth: 20, showHidden: true, getters: true };
  const plain = [String(value), inspect(value), inspect(value, deep), JSON.stringify(value) ?? ''];
  return value instanceof Error ? [...plain, `${value.stack}`, ...(value.cause ? texts(value.cause) : [])] : plain;
}

/** What an error, or anything else, shows. */
export function shown(value: unknown, accounts: TrunklineOptions): string[] {
  return texts(value).flatMap((text) => inText(text, accounts));
}
