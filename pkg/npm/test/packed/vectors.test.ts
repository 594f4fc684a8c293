/** Every vector of every operation, on the addon and in WebAssembly, in virtual time. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vectors } from '../vectors.js';
import { addonIsLoaded, hosts, randomness } from './hosts.js';
import { settle } from './parity.js';
import { play } from './play.js';

for (const [name, options] of Object.entries(hosts)) {
  test(`every vector holds to the byte: ${name}`, async () => {
    settle(`node-${name}`, await play(vectors(), { options, randomness }));
    if (name === 'addon') assert.ok(addonIsLoaded(), 'the addon is not installed');
  });
}
