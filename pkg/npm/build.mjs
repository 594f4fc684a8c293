/** Builds the package into the folder named on the command line, from src and from what `cargo xtask build wasm` left. */

import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const wasm = resolve(here, '../../target/npm/wasm');
const folder = resolve(process.argv[2] ?? join(here, '../../target/npm/package'));
const dist = join(folder, 'dist');

const shared = {
  absWorkingDir: here,
  bundle: true,
  alias: { '#wasm': join(wasm, 'trunkline.js'), '#sandbox-wasm': join(wasm, 'sandbox.js') },
  external: ['trunkline', 'trunkline/sandbox', 'undici', '@trunkline/*'],
  logLevel: 'warning',
  legalComments: 'none',
};
const nodeEntries = ['src/node.ts', 'src/sandbox-node.ts'];
const webEntries = ['src/web.ts', 'src/sandbox-web.ts'];

rmSync(folder, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

// Node.js has CommonJS alone, which its ESM entries wrap: the classes of errors are then the same for both.
await build({ ...shared, entryPoints: nodeEntries, outdir: join(dist, 'cjs'), format: 'cjs', platform: 'node', target: 'node18' });
await build({ ...shared, entryPoints: ['src/cli.ts'], outdir: dist, format: 'cjs', platform: 'node', target: 'node18', outExtension: { '.js': '.cjs' } });
await build({ ...shared, entryPoints: webEntries, outdir: join(dist, 'esm'), format: 'esm', target: 'es2022', minify: true });
// In CommonJS nothing says where the file is: the module in WebAssembly has to be given.
const define = { 'import.meta.url': '"about:blank"' };
await build({ ...shared, entryPoints: webEntries, outdir: join(dist, 'cjs'), format: 'cjs', target: 'es2022', minify: true, define });
writeFileSync(join(dist, 'cjs/package.json'), '{ "type": "commonjs" }\n');
for (const name of ['trunkline', 'sandbox']) cpSync(join(wasm, `${name}_bg.wasm`), join(dist, `${name}.wasm`));

declarations();
cpSync(join(here, 'README.md'), join(folder, 'README.md'));
writeFileSync(join(folder, 'package.json'), manifest());
for (const entry of ['node', 'sandbox-node']) writeFileSync(join(dist, `esm/${entry}.js`), await wrapper(entry));

/** An ESM entry around a CommonJS one. */
async function wrapper(entry) {
  const options = { ...shared, entryPoints: [`src/${entry}.ts`], outdir: dist, format: 'esm', platform: 'node' };
  const { metafile } = await build({ ...options, write: false, metafile: true });
  const [{ exports }] = Object.values(metafile.outputs);
  return `import entry from '../cjs/${entry}.js';\nexport const { ${exports.sort().join(', ')} } = entry;\n`;
}

/** Types, for ESM and again for CommonJS: TypeScript takes a file for what the package.json above it says. */
function declarations() {
  const tsc = join(here, 'node_modules/typescript/bin/tsc');
  const options = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--stripInternal', '--rootDir', 'src'];
  execFileSync(process.execPath, [tsc, '--project', here, ...options, '--outDir', join(dist, 'esm')], { stdio: 'inherit' });
  for (const unused of ['cli', 'demo', 'addon', 'undici', 'fetch', 'load-wasm', 'platform-node', 'platform-web']) {
    rmSync(join(dist, `esm/${unused}.d.ts`), { force: true });
  }
  const typed = (path) => !path.endsWith('.js');
  cpSync(join(dist, 'esm'), join(dist, 'cjs'), { recursive: true, filter: typed });
}

/** What is published: nothing that is only for work on it. */
function manifest() {
  const { private: _, scripts, devDependencies, ...published } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
  return `${JSON.stringify(published, null, 2)}\n`;
}
