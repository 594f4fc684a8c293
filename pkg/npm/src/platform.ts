/** What differs between Node.js and everything else. */

import type { Binding } from './binding.js';
import type { Carrier } from './carrier.js';
import type { SharedJournal } from './journal.js';

// Not every program's compiler knows of these: those for Node.js alone have no WebAssembly.
type Global = typeof globalThis;
type Module = Global extends { WebAssembly: { Module: { prototype: infer M } } } ? M : never;
type Fetched = Global extends { Response: { prototype: infer R } } ? R : never;

/** The module in WebAssembly: its URL, its bytes, a `Response` with it, or a `WebAssembly.Module`. */
export type WasmSource = string | URL | ArrayBuffer | ArrayBufferView | Module | Fetched | PromiseLike<Fetched>;

/** Where a client runs. */
export interface Platform {
  /** The core; from this module in WebAssembly, where one is given. */
  load(wasm: WasmSource | undefined): Promise<Binding>;
  /** The built-in transport. */
  carrier(): Carrier;
  /** The journal of that name, which others share. Where it cannot be used, `NotRecorded` says why. */
  journal(binding: Binding, name: string): Promise<SharedJournal>;
  /** Environment variables, where there are any. */
  environment(): Readonly<Record<string, string | undefined>>;
  /** Fills it with randomness fit for keys. */
  randomise(bytes: Uint8Array): void;
}
