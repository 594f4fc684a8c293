/** What `cargo xtask build wasm` makes of `bindings/wasm-sandbox`, below `target/npm/wasm`. */

import type { SandboxBinding } from './binding.js';

declare const start: (source: { module_or_path: WebAssembly.Module }) => Promise<unknown>;
export default start;
export declare const Sandbox: SandboxBinding['Sandbox'];
