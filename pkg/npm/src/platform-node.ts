/** Node.js: the addon, or where none fits its platform, the module in WebAssembly; undici. */

import { randomFillSync } from 'node:crypto';
import { addon } from './addon.js';
import { beside } from './beside.js';
import type { Binding } from './binding.js';
import { unsupported } from './failure.js';
import { once } from './load-wasm.js';
import type { Platform } from './platform.js';
import { Undici } from './undici.js';
import start, * as wasm from '#wasm';

const load = once<Binding>('trunkline.wasm', start, wasm, unsupported);

export const node: Platform = {
  async load(source) {
    if (source !== undefined) return load(() => source);
    return addon() ?? load(() => beside('trunkline.wasm', unsupported));
  },
  carrier: () => new Undici(),
  environment: () => process.env,
  randomise(bytes) {
    randomFillSync(bytes);
  },
};
