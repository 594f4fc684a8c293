/** The two cores that Node.js can have. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { TrunklineOptions } from 'trunkline';

const require = createRequire(import.meta.url);

/** What makes a client take that core. */
export const hosts: Readonly<Record<'addon' | 'wasm', TrunklineOptions>> = {
  addon: {},
  wasm: { wasm: readFileSync(require.resolve('trunkline/trunkline.wasm')) },
};

/** Whether the addon has been loaded. */
export function addonIsLoaded(): boolean {
  return Object.keys(require.cache).some((path) => path.endsWith('trunkline.node'));
}
