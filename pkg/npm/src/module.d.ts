/** `trunkline/trunkline.wasm` and `trunkline/sandbox.wasm`, where a bundler gives modules for what ends like this. */
import type { WasmSource } from './platform.js';

declare const module: WasmSource;
export default module;
