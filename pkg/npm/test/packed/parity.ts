/** What each runtime did with the vectors, for the table that `cargo xtask test` prints. */

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Played } from './play.js';

/** Writes it down where that is asked for, and fails where a case did. */
export function settle(runtime: string, { operations, failures }: Played): void {
  const folder = process.env.TRUNKLINE_PARITY;
  if (folder) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${runtime}.json`), JSON.stringify(operations, null, 1));
  }
  assert.equal(failures.length, 0, failures.join('\n'));
  const run = Object.values(operations).reduce((sum, { passed }) => sum + passed, 0);
  assert.ok(run >= 845, `only ${run} cases`);
}
