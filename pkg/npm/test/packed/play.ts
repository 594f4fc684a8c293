/** Plays every vector that it is given, in each way in which it can be called. */

import type { Vector } from '../vectors.js';
import { Player, type Host, type Way } from './player.js';

const WAYS: readonly Way[] = ['plainly', 'withResponse'];

/** What came of the cases of one operation. */
export interface Counted {
  passed: number;
  failed: number;
}

/** By operation; and everything in which a run differs from its case. */
export interface Played {
  operations: Record<string, Counted>;
  failures: string[];
}

export async function play(vectors: readonly Vector[], host: Host): Promise<Played> {
  const played: Played = { operations: {}, failures: [] };
  for (const vector of vectors) {
    const operation = `${vector.provider}.${vector.operation}`;
    const counted = (played.operations[operation] = { passed: 0, failed: 0 });
    for (const one of vector.cases) {
      const problems: string[] = [];
      for (const way of WAYS) {
        const different = await new Player(vector, one, host).play(way);
        problems.push(...different.map((problem) => `${operation}: ${one.name}, ${way}: ${problem}`));
      }
      counted[problems.length === 0 ? 'passed' : 'failed'] += 1;
      played.failures.push(...problems);
    }
  }
  return played;
}
