/** The addon for this platform, from a package of its own. */

import type { Binding } from './binding.js';

function find(): Binding | undefined {
  const name = `@trunkline/${process.platform}-${process.arch}`;
  // Package managers install the one that fits; the other, where it is there all the same, cannot be loaded.
  const names = process.platform === 'linux' ? [`${name}-gnu`, `${name}-musl`] : [name];
  for (const name of names) {
    try {
      return require(name) as Binding;
    } catch {
      // What is used in its place behaves alike.
    }
  }
  return undefined;
}

let looked = false;
let found: Binding | undefined;

/** None where no addon fits. */
export function addon(): Binding | undefined {
  if (!looked) found = find();
  looked = true;
  return found;
}
