/** `trunkline/trunkline.wasm` and `trunkline/sandbox.wasm`, where a bundler gives modules for what ends like this. */
declare const module: WebAssembly.Module;
export default module;
