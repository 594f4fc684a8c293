/** The two cores that Node.js can have. */

import crypto from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { inspect } from 'node:util';
import type * as Package from 'trunkline';
import type { TrunklineOptions } from 'trunkline';
import type { Randomness } from './virtual.js';

const require = createRequire(import.meta.url);

/** What makes a client take that core. */
export const hosts: Readonly<Record<'addon' | 'wasm', TrunklineOptions>> = {
  addon: {},
  wasm: { wasm: readFileSync(require.resolve('trunkline/trunkline.wasm')) },
};

/** Where the entry for Node.js takes it from. */
export const randomness: Randomness = { of: crypto, by: 'randomFillSync' };

/** What `console.log` and a debugger show. */
export const print = (value: unknown): string[] => [
  inspect(value),
  inspect(value, { depth: 20, showHidden: true, getters: true }),
];

/** Whether the addon has been loaded. */
export function addonIsLoaded(): boolean {
  return Object.keys(require.cache).some((path) => path.endsWith('trunkline.node'));
}

const entry = new URL('../esm/web.js', pathToFileURL(require.resolve('trunkline')));

/** What browsers, workers, Deno, Bun and edge runtimes get: Node.js does for one of them. */
export const web = (await import(entry.href)) as typeof Package;
