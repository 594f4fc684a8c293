/** The sandbox in Node.js, in WebAssembly: no program needs it in its addon. */

import { beside } from './beside.js';
import type { SandboxBinding } from './binding.js';
import { once } from './load-wasm.js';
import type { WasmSource } from './platform.js';
import { start, unsupported, type Sandbox, type SandboxSettings } from './sandbox.js';

export type * from './sandbox.js';

const load = once<SandboxBinding>('sandbox.wasm', () => import('#sandbox-wasm'), unsupported);

/**
 * A sandbox of all five providers in this process.
 *
 * ```js
 * const five = await sandbox();
 * const client = five.client();
 * const rental = await client.rentnumber.rent({ pricingId: 42 });
 * five.receiveSms('rentnumber', { to: rental.phoneNumber, from: 'Acme', text: 'Your code is 123456' });
 * ```
 */
export async function sandbox(settings?: SandboxSettings, options: { wasm?: WasmSource } = {}): Promise<Sandbox> {
  return start(await load(() => options.wasm ?? beside('sandbox.wasm', unsupported)), settings);
}
