/** Browsers, workers, Deno, Bun and edge runtimes: the module in WebAssembly, and fetch. */

import type { Binding } from './binding.js';
import { Fetch } from './fetch.js';
import { openIndexedDb } from './indexed-db.js';
import { unsupported } from './failure.js';
import { once } from './load-wasm.js';
import type { Platform } from './platform.js';

const load = once<Binding>('trunkline.wasm', () => import('#wasm'), unsupported);

interface Runtime {
  process?: { env?: Record<string, string | undefined> };
}

export const web: Platform = {
  // Written as bundlers know it, so that they bring the file along.
  load: (source) => load(() => source ?? new URL('../trunkline.wasm', import.meta.url)),
  carrier: () => new Fetch(),
  journal: openIndexedDb,
  // Bun and Deno have one; to read Deno's takes leave, which may be refused.
  environment() {
    try {
      return { ...(globalThis as Runtime).process?.env };
    } catch {
      return {};
    }
  },
  randomise(bytes) {
    crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>);
  },
};
