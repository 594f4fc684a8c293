/** What differs between Node.js and everything else. */

import type { Binding } from './binding.js';
import type { Carrier } from './carrier.js';

/** The module in WebAssembly: where it is, what it is, or already compiled. */
export type WasmSource = string | URL | BufferSource | Response | WebAssembly.Module | PromiseLike<Response>;

/** Where a client runs. */
export interface Platform {
  /** The core; from this module in WebAssembly, where one is given. */
  load(wasm: WasmSource | undefined): Promise<Binding>;
  /** The built-in transport. */
  carrier(): Carrier;
  /** Environment variables, where there are any. */
  environment(): Readonly<Record<string, string | undefined>>;
  /** Fills it with randomness fit for keys. */
  randomise(bytes: Uint8Array): void;
}
