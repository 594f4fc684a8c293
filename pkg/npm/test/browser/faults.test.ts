/**
 * The table of faults in Chromium, by fetch from the page and through a gateway. A browser proves of nothing that it
 * was not sent: what is promised as `not_sent` elsewhere is `unknown` there. No fault of the sandbox is promised so,
 * which makes it one table.
 */

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { FaultTable } from '../packed/fault_table.js';
import { judge, promises } from '../packed/promises.js';
import { Servers } from '../packed/servers.js';
import { call, open } from './chromium.js';
import { site } from './site.js';

const servers = new Servers();
after(() => servers.close());

async function table(way: string): Promise<FaultTable> {
  const { page } = await open(await site());
  await page.exposeFunction('serve', (what: object) => servers.serve(what));
  await page.exposeFunction('end', (number: number) => servers.end(number));
  return call<FaultTable>(page, '/tests/faults.js', 'table', promises, way);
}

const started = performance.now();
// Both at once, since they wait more than they work.
for (const [way, name] of [
  ['direct', 'fetch in Chromium'],
  ['behind', 'Chromium through a gateway'],
] as const) {
  const running = table(way);
  test(
    `every operation under every fault ends as promised, and buys at most once: ${name}`,
    { timeout: 600_000 },
    async () => judge(name, await running, (performance.now() - started) / 1000),
  );
}

test('nothing is promised that a browser cannot see', () => {
  const promised = Object.values(promises).flatMap(({ faults }) => Object.values(faults));
  assert.ok(promised.every((ending) => ending?.[1] !== 'not_sent'));
});
