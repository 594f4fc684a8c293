/** A gateway in workers, Deno, Bun and edge runtimes: the module in WebAssembly. */

import type { Trunkline } from 'trunkline';
import type { Binding } from './binding.js';
import { once } from './load-wasm.js';
import { mount, unsupported, type Gateway, type Policy } from './mount.js';
import type { WasmSource } from './platform.js';

export type { Gateway, Policy } from './mount.js';
export type { NodeRequest, NodeResponse } from './mount-http.js';

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
  return mount(client, policy, () => load(() => options.wasm ?? new URL('../gateway.wasm', import.meta.url)));
}
