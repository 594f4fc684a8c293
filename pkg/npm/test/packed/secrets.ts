/** Looks for credentials where people would read or keep them. */

import type { TrunklineOptions } from 'trunkline';

/** Every credential as it is and as HTTP Basic sends it, and the secrets in the sandbox's replies. */
function marks(accounts: TrunklineOptions): string[] {
  const { tempnumber, rentnumber, sinch, voepy, vonage } = accounts;
  const pairs = [`${sinch?.keyId}:${String(sinch?.keySecret)}`, `${vonage?.apiKey}:${String(vonage?.apiSecret)}`];
  const secrets = [tempnumber?.token, rentnumber?.apiKey, sinch?.keySecret, voepy?.apiKey, vonage?.apiSecret].map(
    String,
  );
  const all = [...secrets, ...pairs.map(btoa), 'whsec_', 'callback-secret'];
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

/** What `console.log` shows, in so many ways, where this runs. */
export type Printer = (value: unknown) => string[];

/** Everything that printing something may show. */
export function texts(value: unknown, print: Printer): string[] {
  const plain = [String(value), JSON.stringify(value) ?? '', ...print(value)];
  if (!(value instanceof Error)) return plain;
  return [...plain, `${value.stack}`, ...(value.cause ? texts(value.cause, print) : [])];
}

/** What an error, or anything else, shows. */
export function shown(value: unknown, accounts: TrunklineOptions, print: Printer): string[] {
  return texts(value, print).flatMap((text) => inText(text, accounts));
}
