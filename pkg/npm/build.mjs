/**
 * Builds the packages below target/npm, from src and from what `cargo xtask build wasm` left: `package`, and for each
 * `platform=addon` on the command line (`linux-x64-gnu=libtrunkline_node.so`) one of that name.
 */

import { build } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const target = resolve(here, '../../target/npm');
const [wasm, folder] = [join(target, 'wasm'), join(target, 'package')];
const addons = process.argv.slice(2).map((argument) => argument.split('='));
const {
  private: _,
  scripts,
  devDependencies,
  ...published
} = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
const dist = join(folder, 'dist');

const shared = {
  absWorkingDir: here,
  bundle: true,
  alias: {
    '#wasm': join(wasm, 'trunkline.js'),
    '#gateway-wasm': join(wasm, 'gateway.js'),
    '#sandbox-wasm': join(wasm, 'sandbox.js'),
  },
  external: ['trunkline', 'trunkline/gateway', 'trunkline/sandbox', 'undici', '@trunkline/*'],
  logLevel: 'warning',
  legalComments: 'none',
};
const nodeEntries = ['src/node.ts', 'src/mount-node.ts', 'src/sandbox-node.ts'];
const webEntries = ['src/web.ts', 'src/mount-web.ts', 'src/sandbox-web.ts'];

rmSync(folder, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });

// Node.js has CommonJS alone, which its ESM entries wrap: the classes of errors are then the same for both.
await build({
  ...shared,
  entryPoints: nodeEntries,
  outdir: join(dist, 'cjs'),
  format: 'cjs',
  platform: 'node',
  target: 'node18',
});
await build({
  ...shared,
  entryPoints: ['src/cli.ts'],
  outdir: dist,
  format: 'cjs',
  platform: 'node',
  target: 'node18',
  outExtension: { '.js': '.cjs' },
});
await build({
  ...shared,
  entryPoints: webEntries,
  outdir: join(dist, 'esm'),
  format: 'esm',
  target: 'es2022',
  minify: true,
});
// In CommonJS nothing says where the file is: the module in WebAssembly has to be given.
const define = { 'import.meta.url': '"about:blank"' };
await build({
  ...shared,
  entryPoints: webEntries,
  outdir: join(dist, 'cjs'),
  format: 'cjs',
  target: 'es2022',
  minify: true,
  define,
});
writeFileSync(join(dist, 'cjs/package.json'), '{ "type": "commonjs" }\n');
for (const name of ['trunkline', 'gateway', 'sandbox'])
  cpSync(join(wasm, `${name}_bg.wasm`), join(dist, `${name}.wasm`));

declarations();
// For what knows no conditional exports.
for (const [name, entry] of [
  ['gateway', 'mount-node'],
  ['sandbox', 'sandbox-node'],
]) {
  mkdirSync(join(folder, name));
  const main = { main: `../dist/cjs/${entry}.js`, types: `../dist/cjs/${entry}.d.ts` };
  writeFileSync(join(folder, name, 'package.json'), json(main));
}
cpSync(join(here, 'README.md'), join(folder, 'README.md'));
writeFileSync(join(folder, 'package.json'), manifest());
addons.forEach(addon);
for (const entry of ['node', 'mount-node', 'sandbox-node'])
  writeFileSync(join(dist, `esm/${entry}.js`), await wrapper(entry));

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
  const options = [
    '--noEmit',
    'false',
    '--declaration',
    '--emitDeclarationOnly',
    '--stripInternal',
    '--rootDir',
    join(here, 'src'),
  ];
  execFileSync(process.execPath, [tsc, '--project', here, ...options, '--outDir', join(dist, 'esm')], {
    stdio: 'inherit',
  });
  for (const unused of [
    'cli',
    'demo',
    'addon',
    'beside',
    'undici',
    'fetch',
    'load-wasm',
    'platform-node',
    'platform-web',
  ]) {
    rmSync(join(dist, `esm/${unused}.d.ts`), { force: true });
  }
  cpSync(join(here, 'src/module.d.ts'), join(dist, 'esm/module.d.ts'));
  const typed = (path) => !path.endsWith('.js');
  cpSync(join(dist, 'esm'), join(dist, 'cjs'), { recursive: true, filter: typed });
}

/** The package's package.json. */
function manifest() {
  const names = addons.map(([platform]) => [`@trunkline/${platform}`, published.version]);
  return json({ ...published, ...(names.length > 0 && { optionalDependencies: Object.fromEntries(names) }) });
}

/** The package of one platform's addon. */
function addon([platform, path]) {
  const [os, cpu, libc] = platform.split('-');
  const { version, license } = published;
  const [name, description, main] = [
    `@trunkline/${platform}`,
    `The addon of trunkline for ${platform}`,
    'trunkline.node',
  ];
  const fits = { os: [os], cpu: [cpu], ...(libc && { libc: [libc === 'gnu' ? 'glibc' : libc] }) };
  const folder = join(target, platform);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    json({ name, version, description, license, main, files: [main], ...fits }),
  );
  writeFileSync(join(folder, 'README.md'), `# ${name}\n\n${description}. Install trunkline, which brings it along.\n`);
  cpSync(path, join(folder, main));
}

function json(value) {
  return `${JSON.stringify(value, null, 2)}\n`;
}
