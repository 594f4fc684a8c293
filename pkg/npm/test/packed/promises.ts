/** What users are promised, and how a table of what they saw is judged. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { faults, type FaultTable, type Promises } from './fault_table.js';

const FILE = new URL('../../../../../tests/promises.json', import.meta.url);

export const promises = JSON.parse(readFileSync(FILE, 'utf8')) as Promises;

/** Prints it; fails where a promise was broken, or a cell is missing. */
export function judge(name: string, { words, problems }: FaultTable, seconds: number): void {
  const columns = faults(promises);
  const row = (first: string, cells: string[]): string =>
    first.padEnd(38) + cells.map((word) => word.slice(0, 19).padEnd(20)).join('');
  const rows = Object.keys(promises).map((operation) =>
    row(
      operation,
      columns.map((fault) => words[operation]?.[fault] ?? '-'),
    ),
  );
  const cells = Object.values(words).flatMap((row) => Object.values(row)).length;
  console.log(`\n${[row(name, columns), ...rows].join('\n')}\n${cells} cells in ${seconds.toFixed(1)} s`);
  assert.equal(problems.length, 0, `${problems.length} problems:\n${problems.join('\n')}`);
  assert.equal(cells, 63 * 13);
}
