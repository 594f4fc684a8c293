/** What `cargo xtask build wasm` makes of `bindings/wasm` with a gateway in it, below `target/npm/wasm`. */

import type { Binding } from './binding.js';

declare const start: (source: { module_or_path: WebAssembly.Module }) => Promise<unknown>;
export default start;
export declare const Client: Binding['Client'];
export declare const Gateway: NonNullable<Binding['Gateway']>;
export declare const parseEvent: NonNullable<Binding['parseEvent']>;
export declare const text: Binding['text'];
export declare const journalRecord: NonNullable<Binding['journalRecord']>;
export declare const journalSettled: NonNullable<Binding['journalSettled']>;
