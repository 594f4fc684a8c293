/** Every vector of every operation, on the addon and in WebAssembly, in virtual time. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vectors } from '../vectors.js';
import { addonIsLoaded, hosts } from './hosts.js';
import { Player, type Way } from './player.js';

const all = vectors();
const ways: Way[] = ['plainly', 'withResponse'];

for (const [name, host] of Object.entries(hosts)) {
  test(`every vector holds to the byte: ${name}`, async () => {
    let run = 0;
    const failures: string[] = [];
    for (const vector of all) {
      for (const played of vector.cases) {
        for (const way of ways) {
          const problems = await new Player(vector, played, host).play(way);
          const place = `${vector.provider}.${vector.operation}: ${played.name}, ${way}`;
          failures.push(...problems.map((problem) => `${place}: ${problem}`));
        }
        run += 1;
      }
    }
    assert.equal(failures.length, 0, failures.join('\n'));
    assert.ok(run >= 845, `only ${run} cases`);
    if (name === 'addon') assert.ok(addonIsLoaded(), 'the addon is not installed');
  });
}
