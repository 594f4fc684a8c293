/** A site on this machine: the installed package as it is, in modules, and what tests run in its pages. */

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { tool } from './tools.js';

const TYPES: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
};

/** Where the package is installed. */
export const PACKAGE = new URL('./', pathToFileURL(createRequire(import.meta.url).resolve('trunkline/package.json')));

type Exports = Record<string, { browser: { import: { default: string } } }>;

/** What a page without a bundler says, for the names that programs import: what the package itself says of browsers. */
function importMap(): string {
  const manifest = JSON.parse(readFileSync(new URL('package.json', PACKAGE), 'utf8')) as { exports: Exports };
  const entries = ['.', './sandbox'].map((entry) => {
    const { default: file } = (manifest.exports[entry] as Exports[string]).browser.import;
    return [entry.replace('.', 'trunkline'), file.replace('.', '/package')];
  });
  return JSON.stringify({ imports: Object.fromEntries(entries) as unknown });
}

/** An empty page with which programs find the package. */
export const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Tests</title><link rel="icon" href="data:,">
<script type="importmap">${importMap()}</script></head></html>`;

interface Esbuild {
  build(options: Record<string, unknown>): Promise<{ outputFiles: Array<{ contents: Uint8Array }> }>;
}

/** What a test runs in the page: its own code is bundled, the package is not. */
async function bundled(name: string): Promise<Uint8Array> {
  const { build } = tool<Esbuild>('esbuild');
  const entry = fileURLToPath(new URL(`page/${name}.js`, import.meta.url));
  const external = ['trunkline', 'trunkline/sandbox'];
  const built = await build({ entryPoints: [entry], bundle: true, write: false, format: 'esm', external });
  return (built.outputFiles[0] as { contents: Uint8Array }).contents;
}

/** Serves until the tests are over; gives its URL. `files` by path come before all else. */
export async function site(files: Record<string, string | Uint8Array> = {}): Promise<string> {
  const found = async (path: string): Promise<string | Uint8Array> => {
    const given = files[path];
    if (given !== undefined) return given;
    if (path === '/index.html') return PAGE;
    const [, first, rest] = /^\/(package|tests)\/(.*)$/.exec(path) ?? [];
    if (first === 'tests') return bundled((rest as string).replace('.js', ''));
    if (first === 'package') return readFileSync(join(fileURLToPath(PACKAGE), normalize(`/${rest}`)));
    throw new Error(`there is no ${path}`);
  };
  const server = createServer(({ url = '/' }, response) => {
    const path = url.replace(/\?.*/, '').replace(/\/$/, '/index.html');
    const type = TYPES[extname(path)] ?? 'application/octet-stream';
    found(path).then(
      (body) => response.writeHead(200, { 'content-type': type }).end(body),
      (problem: unknown) => response.writeHead(404, { 'content-type': 'text/plain' }).end(String(problem)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
