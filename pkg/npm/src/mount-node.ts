/** A gateway in Node.js: the addon, or where none fits its platform, the module in WebAssembly. */

import type { Trunkline } from 'trunkline';
import { addon } from './addon.js';
import { beside } from './beside.js';
import type { Binding } from './binding.js';
import { once } from './load-wasm.js';
import { mount, unsupported, type Gateway, type Policy } from './mount.js';
import type { WasmSource } from './platform.js';

export type { Gateway, Policy } from './mount.js';
export type { NodeRequest, NodeResponse } from './mount-http.js';

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
  return mount(client, policy, async () => {
    if (options.wasm !== undefined) return load(() => options.wasm as WasmSource);
    return addon() ?? load(() => beside('gateway.wasm', unsupported));
  });
}
