/** Node.js: the addon, or where none fits its platform, the module in WebAssembly; undici. */

import type * as Crypto from 'node:crypto';
import { addon } from './addon.js';
import { beside } from './beside.js';
import type { Binding } from './binding.js';
import { openDirectory } from './directory.js';
import { unsupported } from './failure.js';
import { once } from './load-wasm.js';
import type { Platform } from './platform.js';
import { Undici } from './undici.js';

const load = once<Binding>('trunkline.wasm', () => import('#wasm'), unsupported);

/** With the first call: to load it takes as long as all the rest. */
const crypto = (): typeof Crypto => require('node:crypto') as typeof Crypto;

export const node: Platform = {
  async load(source) {
    if (source !== undefined) return load(() => source);
    return addon() ?? load(() => beside('trunkline.wasm', unsupported));
  },
  carrier: () => new Undici(),
  journal: (binding, folder) => openDirectory(binding, folder, crypto().randomBytes(16).toString('hex')),
  environment: () => process.env,
  randomise(bytes) {
    crypto().randomFillSync(bytes);
  },
};
