/** The vectors that every host runs: `tests/vectors/<provider>/<operation>.json`. */

import { readFileSync, readdirSync } from 'node:fs';

/** One case of one operation, as far as it is looked at here. */
export interface Case {
  name: string;
  mode?: 'call' | 'all' | 'wait';
  input: Record<string, unknown>;
  /** The result: the whole of it, or in mode `all` its items. */
  output?: unknown;
}

export interface Vector {
  provider: string;
  /** In snake_case. */
  operation: string;
  cases: Case[];
}

// From `dist/test`, where this runs.
const FOLDER = new URL('../../../../tests/vectors/', import.meta.url);

/** All of them. */
export function vectors(): Vector[] {
  return readdirSync(FOLDER).flatMap((provider) => {
    const folder = new URL(`${provider}/`, FOLDER);
    return readdirSync(folder).map((name) => {
      const { cases } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { cases: Case[] };
      return { provider, operation: name.replace('.json', ''), cases };
    });
  });
}
