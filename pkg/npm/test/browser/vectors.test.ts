/** Every vector of every operation in a page, in virtual time. */

import { test } from 'node:test';
import { settle } from '../packed/parity.js';
import type { Played } from '../packed/play.js';
import { vectors } from '../vectors.js';
import { call, open } from './chromium.js';
import { site } from './site.js';

test('every vector holds to the byte: Chromium', async () => {
  const { page } = await open(await site());
  settle('chromium', await call<Played>(page, '/tests/vectors.js', 'played', vectors()));
});
