/** The package as it is installed, in Deno, Bun and workerd: over real HTTP, and as its README shows it. */

import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serving } from '../packed/http.js';
import { inText } from '../packed/secrets.js';
import { Servers } from '../packed/servers.js';
import type { Done, Job } from './program.js';

interface Esbuild {
  build(options: Record<string, unknown>): Promise<unknown>;
}

const here = fileURLToPath(new URL('.', import.meta.url));
const source = new URL('../../../../../pkg/npm/test/runtimes/', import.meta.url);
const require = createRequire(import.meta.url);
const folder = process.env.TRUNKLINE_TEST_RUNTIMES;
if (!folder) throw new Error('TRUNKLINE_TEST_RUNTIMES names the folder where the runtimes are: cargo xtask sets it');
const servers = new Servers();
after(() => servers.close());

const readme = readFileSync(require.resolve('trunkline/package.json').replace('package.json', 'README.md'), 'utf8');
const example = /```js\n(.*?)```/s.exec(readme)?.[1] as string;
writeFileSync(`${here}readme-as-it-is.js`, example);

function start(program: string, args: string[]): ChildProcess {
  const env = { PATH: process.env.PATH, HOME: process.env.HOME };
  const stdio = ['ignore', 'pipe', 'pipe', 'pipe'] as const;
  return spawn(`${folder}/node_modules/.bin/${program}`, args, { cwd: here, env, stdio: [...stdio] });
}

/** What it prints, to the end. */
async function printed(child: ChildProcess): Promise<string> {
  const [out, err] = await Promise.all([child.stdout, child.stderr].map((stream) => text(stream as Readable)));
  return `${out}${err}`;
}

/** The program, with servers for it; and what has to come of it. */
async function working(run: (job: Job) => Promise<string>): Promise<void> {
  const server = await servers.start();
  const fault = { kind: 'lost_after_acting', provider: 'rentnumber', operation: 'POST /rent', times: 1 };
  await server.control('POST', 'faults', fault);
  const paths: unknown[] = [];
  const redirect = (request: IncomingMessage, response: ServerResponse): void => {
    paths.push(request.url);
    response.writeHead(302, { location: '/elsewhere' }).end();
  };
  const never = (): void => {};
  await serving(redirect, ({ account: redirecting }) =>
    serving(never, async ({ account: silent }) => {
      const output = await run({ accounts: server.accounts, redirecting, silent });
      const done = JSON.parse(/^done (.*)$/m.exec(output)?.[1] ?? assert.fail(output)) as Done;
      assert.match(String(done.phoneNumber), /^\+\d+$/);
      assert.equal(await server.purchases('rentnumber'), 1);
      assert.deepEqual([done.redirected, done.unanswered], ['refused', 'timed_out']);
      assert.ok(done.waited >= 299 && done.waited < 2000, `${done.waited} ms`);
      assert.equal(paths.length, 1);
      assert.match(output, /999999|not_found/);
      assert.deepEqual(inText(output, { ...server.accounts, ...redirecting }), []);
      assert.deepEqual(inText(output, server.accounts), []);
    }),
  );
  server.close();
}

/** How a program of that name is run where there is a command line. */
const commands: Record<string, (file: string, ...more: string[]) => ChildProcess> = {
  // It may read its own files and talk to the servers, and not even the environment besides.
  deno: (file, ...more) =>
    start('deno', ['run', '--no-prompt', '--allow-read=../..', '--allow-net=127.0.0.1', file, ...more]),
  bun: (file, ...more) => start('bun', [file, ...more]),
};

const COMMON = `
const { sandbox } = require('trunkline/sandbox');
sandbox().then(async (five) => {
  const { TrunklineError } = require('trunkline');
  const error = await five.client().rentnumber.getRental({ rentalId: '1' }).catch((error) => error);
  console.log(error.kind, error instanceof TrunklineError);
});
`;
writeFileSync(`${here}common.cjs`, COMMON);

/** Bundles the worker as wrangler does. In workerd modules come from imports: the example has to be given them. */
async function bundle(): Promise<void> {
  const given = example
    .replace('sandbox()', 'sandbox(undefined, { wasm: sandboxWasm })')
    .replace('client()', 'client({ wasm })');
  assert.equal(given.split(/wasm/i).length, 4);
  const [, imports, body] = /^((?:import [^\n]*\n)+)(.*)$/s.exec(given) ?? assert.fail(given);
  writeFileSync(`${here}readme.js`, `${imports}export async function example(wasm, sandboxWasm) {\n${body}}\n`);
  copyFileSync(new URL('worker.js', source), `${here}worker.js`);
  const { build } = createRequire(new URL('../../package.json', source))('esbuild') as Esbuild;
  await build({
    entryPoints: [`${here}worker.js`],
    outdir: `${here}worker`,
    bundle: true,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
    loader: { '.wasm': 'copy' },
    assetNames: '[name]',
    logLevel: 'error',
  });
  copyFileSync(new URL('workerd.capnp', source), `${here}worker/workerd.capnp`);
}

const bundled = bundle();

/** What a worker prints that is asked for this, so many times. */
async function worker(path: string, body: unknown = {}, times = 1): Promise<string> {
  await bundled;
  const child = start('workerd', ['serve', 'worker/workerd.capnp', '--control-fd=3']);
  const output = printed(child);
  const ended = output.then((text) => Promise.reject(new Error(`workerd has ended: ${text}`)));
  const [line] = (await Promise.race([once(child.stdio[3] as Readable, 'data'), ended])) as [Buffer];
  const { port } = JSON.parse(line.toString()) as { port: number };
  try {
    for (let time = 0; time < times; time += 1) {
      const reply = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: JSON.stringify(body) });
      await reply.text();
    }
  } finally {
    child.kill();
  }
  return output;
}

// At once, for they wait more than they work.
describe('every runtime', { concurrency: true, timeout: 120_000 }, () => {
  for (const [name, run] of Object.entries(commands)) {
    test(`${name}: a lost purchase is made once, no redirect is followed, deadlines hold, no secret is printed`, () =>
      working((job) => printed(run('main.js', JSON.stringify(job)))));

    test(`${name}: the example of the README prints its code`, async () => {
      assert.equal(await printed(run('readme-as-it-is.js')), '481516\n');
    });

    test(`${name}: CommonJS is given the same`, async () => {
      assert.equal(await printed(run('common.cjs')), 'not_found true\n');
    });
  }

  test('workerd: a lost purchase is made once, no redirect is followed, deadlines hold, no secret is printed', () =>
    working((job) => worker('/work', job)));

  test('workerd: the example of the README prints its code', async () => {
    assert.equal(await worker('/readme'), '481516\n');
  });

  test('workerd: a client may be made outside of requests, and be used in several', async () => {
    assert.equal(await worker('/shared', {}, 2), 'balance 1.5\nbalance 1.5\n');
  });

  test('workerd: who gives no module is told to', async () => {
    assert.match(await worker('/without'), /^unsupported trunkline\.wasm: .*pass .* WebAssembly\.Module/);
  });
});
