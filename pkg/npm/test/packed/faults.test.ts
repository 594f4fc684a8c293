/** The table of faults, by undici on the addon, and by fetch in WebAssembly. */

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Trunkline, TrunklineError } from 'trunkline';
import { faultTable, type Place, type Runtime } from './fault_table.js';
import { hosts, print, web } from './hosts.js';
import { JOBS } from './jobs.js';
import { judge, promises } from './promises.js';
import { Servers } from './servers.js';

const servers = new Servers();
after(() => servers.close());

// The entry for browsers has classes of its own.
const isOurs = (error: unknown): error is TrunklineError =>
  error instanceof TrunklineError || error instanceof web.TrunklineError;
const start = async (settings: object): Promise<Place> => {
  const server = await servers.start(settings);
  return { server, options: server.accounts, close: server.close };
};
const here = { isOurs, print, start };
const runtimes: Record<string, Runtime> = {
  'undici on the addon': { ...here, make: (options) => new Trunkline(options) },
  'fetch in WebAssembly': { ...here, make: (options) => new web.Trunkline({ ...options, ...hosts.wasm }) },
};

const started = performance.now();
// Both at once, since they wait more than they work.
for (const [name, runtime] of Object.entries(runtimes)) {
  const running = faultTable(promises, runtime);
  test(
    `every operation under every fault ends as promised, and buys at most once: ${name}`,
    { timeout: 600_000 },
    async () => judge(name, await running, (performance.now() - started) / 1000),
  );
}

test('there is a job for every operation', () => {
  assert.deepEqual(Object.keys(JOBS), Object.keys(promises));
});
