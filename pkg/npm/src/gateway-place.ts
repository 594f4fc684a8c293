/** Where a gateway is, and who may ask it: checked, for plain JavaScript passes anything. */

import { refuse } from './codec.js';
import { tables } from './generated/tables.js';
import { Secret } from './types.js';

/** What needs accounts of the client's own, or keeps what only the gateway can know. */
const OWN = [...Object.keys(tables), 'accounts', 'environment', 'journal'];

/** The gateway's URL and token; none where the client has accounts of its own. */
export function gatewayIn(options: Readonly<Record<string, unknown>>): { url: string; token: string } | undefined {
  const { gateway, token } = options;
  if (gateway === undefined || gateway === null) {
    if (token !== undefined) wrong('token', 'it goes with a gateway');
    return undefined;
  }
  const own = OWN.find((name) => options[name] !== undefined && options[name] !== null && options[name] !== false);
  if (own !== undefined) wrong(own, 'a client at a gateway has none of its own: leave it out');
  return { url: checkedUrl(gateway), token: checkedToken(token) };
}

function checkedUrl(given: unknown): string {
  let url;
  try {
    url = new URL(given as string);
  } catch {
    return wrong('gateway', 'it must be a whole URL, as https://app.example.com/gateway');
  }
  if (/[?#@]/.test(url.href)) return wrong('gateway', 'it must be a URL without user, query or fragment');
  if (!/^(https:|http:\/\/(localhost|\[::1\]|127(\.\d+){3})[:/])/.test(url.href))
    return wrong('gateway', 'it must be https, else the token would go in the clear (http is for loopback only)');
  return url.href;
}

/** What it is may be the token all the same, so that it is not said. */
function checkedToken(given: unknown): string {
  const token = given instanceof Secret ? given.expose() : given;
  if (typeof token === 'string' && /^[!-~]+$/.test(token)) return token;
  return wrong('token', "it must be the gateway's, a string or a Secret of printable ASCII characters without spaces");
}

function wrong(path: string, problem: string): never {
  return refuse({ operation: '', path }, problem);
}
