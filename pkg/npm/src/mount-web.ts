/** A gateway in workers, Deno, Bun and edge runtimes: the module in WebAssembly. */

import type { Event, Trunkline } from 'trunkline';
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
 * A gateway: it runs listed operations with the client's accounts for pages that must not hold their keys. It is a handler
 * of web standards.
 *
 * ```js
 * const handler = gateway(new Trunkline(), { tokens: [token], path: '/gateway', operations: ['rentnumber.*'] });
 * Deno.serve(handler);
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

// Written as bundlers know it, so that they bring the file along.
function core(wasm: WasmSource | undefined): Promise<Binding> {
  return load(() => wasm ?? new URL('../gateway.wasm', import.meta.url));
}
