/** The client in Rust, compiled for wasm32, in a page: `examples/rust/page.rs`. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Servers } from '../packed/servers.js';
import { open } from './chromium.js';
import { site } from './site.js';

interface Example {
  default(source: object): Promise<unknown>;
  rent(accounts: string, pricingId: string): Promise<string | undefined>;
}

const servers = new Servers();
after(() => servers.close());

function example(): string {
  const folder = process.env.TRUNKLINE_TEST_EXAMPLE;
  if (!folder) throw new Error('TRUNKLINE_TEST_EXAMPLE names the folder with the example: cargo xtask sets it');
  return folder;
}

test('a program in Rust rents a number in Chromium, and reads what comes to it', async () => {
  const names = ['page.js', 'page_bg.wasm'];
  const files = Object.fromEntries(names.map((name) => [`/rust/${name}`, readFileSync(join(example(), name))]));
  const { page, complaints } = await open(await site(files));
  const server = await servers.start();
  const script = { after_ms: 500, from: 'Acme', text: 'Your Acme code is 481516' };
  await server.control('POST', 'messages', { provider: 'rentnumber', script });
  const { apiKey, baseUrl } = server.accounts.rentnumber as { apiKey: string; baseUrl: string };
  const accounts = JSON.stringify({ rentnumber: { api_key: apiKey, base_url: baseUrl, rate_limit: 'none' } });
  const rent = (pricingId: string): Promise<string | undefined> =>
    page.evaluate(
      async ([accounts, pricingId]) => {
        const module = '/rust/page.js';
        const { default: init, rent } = (await import(module)) as Example;
        await init({ module_or_path: '/rust/page_bg.wasm' });
        return rent(accounts, pricingId);
      },
      [accounts, pricingId] as const,
    );
  assert.equal(await rent('42'), '481516');
  assert.equal(await server.purchases('rentnumber'), 1);
  await assert.rejects(rent('999999'), /rentnumber\.rent: .*\[not_found, status 404\]/);
  // Chromium counts the refusal among them.
  assert.deepEqual(complaints.filter((complaint) => !complaint.includes('404')), []);
});
