/** The two cores that Node.js can have. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type * as Package from 'trunkline';
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

const entry = new URL('../esm/web.js', pathToFileURL(require.resolve('trunkline')));

/** What browsers, workers, Deno, Bun and edge runtimes get: Node.js does for one of them. */
export const web = (await import(entry.href)) as typeof Package;
