/** What bundlers make of a program with the package in it, loaded and run against the sandbox. */

import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { InlineConfig, ViteDevServer } from 'vite';
import { Servers } from '../packed/servers.js';
import { open } from './chromium.js';
import { program } from './program.js';
import { PACKAGE, site } from './site.js';
import { ROOT, tool } from './tools.js';

interface Vite {
  build(config: InlineConfig): Promise<unknown>;
  createServer(config: InlineConfig): Promise<ViteDevServer>;
}

// It has no CommonJS.
const vite = async (): Promise<Vite> =>
  (await import(new URL('pkg/npm/node_modules/vite/dist/node/index.js', ROOT).href)) as Vite;

const servers = new Servers();
after(() => servers.close());

/** Every file below a folder, by its path on a site. */
function filesIn(folder: string): Record<string, Uint8Array> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [`/${relative(folder, path)}`, readFileSync(path)];
    }),
  );
}

/** Rents in the page of that URL. */
async function runs(url: string): Promise<void> {
  const { page, complaints } = await open(url);
  const server = await servers.start();
  await page.waitForFunction('globalThis.rent');
  const came = await page.evaluate(
    (accounts) => (globalThis as unknown as { rent(accounts: unknown): Promise<unknown> }).rent(accounts),
    server.accounts as Record<string, object>,
  );
  assert.deepEqual(came, [true, 'NotFound']);
  assert.equal(await server.purchases('rentnumber'), 1);
  // Chromium counts the refusal among them.
  assert.deepEqual(complaints.filter((complaint) => !complaint.includes('404')), []);
  server.close();
}

test('built by Vite: the module in WebAssembly is among the assets', async () => {
  const folder = program();
  const { build } = await vite();
  await build({ root: folder, configFile: false, logLevel: 'error', base: './' });
  const files = filesIn(join(folder, 'dist'));
  const names = Object.keys(files);
  assert.equal(names.filter((name) => name.endsWith('.wasm')).length, 1, names.join(', '));
  await runs(await site(files));
});

test('served by Vite while it is written', async () => {
  const { createServer } = await vite();
  const server = await createServer({
    root: program(),
    configFile: false,
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0 },
  });
  await server.listen();
  try {
    await runs(server.resolvedUrls?.local[0] as string);
  } finally {
    await server.close();
  }
});

test('bundled by esbuild: with the module beside its folder', async () => {
  const folder = program();
  const { build } = tool<{ build(options: object): Promise<unknown> }>('esbuild');
  const outfile = join(folder, 'dist/js/program.js');
  const entryPoints = [join(folder, 'js/program.js')];
  await build({ entryPoints, outfile, bundle: true, minify: true, format: 'esm', logLevel: 'error' });
  cpSync(join(folder, 'index.html'), join(folder, 'dist/index.html'));
  cpSync(new URL('dist/trunkline.wasm', PACKAGE), pathToFileURL(join(folder, 'dist/trunkline.wasm')));
  await runs(await site(filesIn(join(folder, 'dist'))));
});
