/** Files of the package in Node.js. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from './load-wasm.js';

/** The file beside this one; a bundler may have left it behind. */
export function beside(name: string, problem: Problem): Uint8Array {
  const path = join(__dirname, '..', name);
  try {
    return readFileSync(path);
  } catch (cause) {
    const advice = 'copy it there from the package, leave the package out of the bundle, or pass its bytes as wasm';
    throw problem(`${name} is not at ${path}: ${advice}`, { cause });
  }
}
