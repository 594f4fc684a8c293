/** The package's own tools, which are not installed beside it. */

import { createRequire } from 'node:module';

/** Where they are, and the whole project. */
export const ROOT = new URL('../../../../../', import.meta.url);

const require = createRequire(new URL('pkg/npm/package.json', ROOT));

export function tool<T>(name: string): T {
  return require(name) as T;
}
