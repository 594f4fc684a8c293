/** What esbuild makes of a program with the package in it. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

interface Esbuild {
  build(options: Record<string, unknown>): Promise<unknown>;
}

const tools = createRequire(new URL('../../../../../pkg/npm/package.json', import.meta.url));
const { build } = tools('esbuild') as Esbuild;
const require = createRequire(import.meta.url);
const wasm = require.resolve('trunkline/trunkline.wasm');
// Where it is bundled, and where nothing else is to be found.
const [folder, out] = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'trunkline-'))) as [string, string];
after(() => [folder, out].forEach((path) => rmSync(path, { recursive: true })));
symlinkSync(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder, 'node_modules'));

const PROGRAM = `
import { Trunkline, TrunklineError } from 'trunkline';
const transport = () => ({ status: 200, body: '{"value":1.5}' });
const options = { vonage: { apiKey: 'a', apiSecret: 'b' }, transport };
export const amount = async (wasm) => (await new Trunkline({ ...options, wasm }).vonage.getBalance()).balance.amount;
export { TrunklineError };
`;

async function bundled(name: string, options: Record<string, unknown>): Promise<string> {
  const entry = join(folder, `${name}.js`);
  writeFileSync(entry, PROGRAM);
  mkdirSync(join(out, name, 'js'), { recursive: true });
  const outfile = join(out, name, 'js', options.format === 'cjs' ? 'out.cjs' : 'out.mjs');
  await build({ entryPoints: [entry], outfile, bundle: true, minify: true, logLevel: 'error', ...options });
  return outfile;
}

test('for a browser: one file without anything of Node.js, that is given the module', async () => {
  const file = await bundled('browser', { format: 'esm', platform: 'browser' });
  const text = readFileSync(file, 'utf8');
  for (const absent of ['undici', 'node:', 'readFileSync', '@trunkline/']) assert.ok(!text.includes(absent), absent);
  const { amount } = (await import(pathToFileURL(file).href)) as { amount(wasm: unknown): Promise<string> };
  assert.equal(await amount(readFileSync(wasm)), '1.5');
});

test('for Node.js: one file, with the module beside it', async () => {
  const file = await bundled('server', { format: 'cjs', platform: 'node' });
  cpSync(wasm, join(out, 'server', 'trunkline.wasm'));
  const script = `require(${JSON.stringify(file)}).amount().then(console.log)`;
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], { cwd: out });
  assert.equal(stdout, '1.5\n');
});
