/** A gateway in Node.js: the addon, or where none fits its platform, the module in WebAssembly. */

import type { Event, Trunkline } from 'trunkline';
import { addon } from './addon.js';
import { beside } from './beside.js';
import type { Binding } from './binding.js';
import { once } from './load-wasm.js';
import { mount, unsupported, type Gateway, type Policy } from './mount.js';
import { parse, type EventOptions, type EventRequest } from './parse-event.js';
import type { WasmSource } from './platform.js';

export type { Gateway, Policy } from './mount.js';
export type { NodeRequest, NodeResponse } from './mount-http.js';
export type { EventOptions, EventRequest } from './parse-event.js';

const load = once<Binding>('gateway.wasm', () => import('#gateway-wasm'), unsupported);

/**
 * A gateway: it runs listed operations with the client's accounts for pages that must not hold their keys.
 *
 * ```js
 * const handler = gateway(new Trunkline(), { tokens: [token], path: '/gateway', operations: ['rentnumber.*'] });
 * express().all('/gateway', handler.node);
 * ```
 */
export function gateway(client: Trunkline, policy: Policy, options: { wasm?: WasmSource } = {}): Gateway {
  return mount(client, policy, () => core(options.wasm));
}

/**
 * Checks and reads what a provider sent to your server by itself; hand the request over as it came.
 *
 * ```js
 * const event = await parseEvent('sinch', { headers: request.headers, body }, { secret });
 * if (event) await client.feed(event);
 * ```
 *
 * `null` is no event, but a provider's look whether anybody answers: answer 200. On `Unauthenticated` answer 401, on any
 * other error 400: what is not taken comes again for a day or so.
 */
export function parseEvent(
  provider: string,
  request: EventRequest,
  options: EventOptions,
  { wasm }: { wasm?: WasmSource } = {},
): Promise<Event | null> {
  return parse(() => core(wasm), provider, request, options);
}

async function core(wasm: WasmSource | undefined): Promise<Binding> {
  if (wasm !== undefined) return load(() => wasm);
  return addon() ?? load(() => beside('gateway.wasm', unsupported));
}
