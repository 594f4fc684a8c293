/** The core is found by itself, or taken from whatever it is given as; what cannot be loaded says what to do. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import * as esm from 'trunkline';
import { sandbox } from 'trunkline/sandbox';
import { web } from './hosts.js';
import { thrown } from './http.js';

const require = createRequire(import.meta.url);
const run = promisify(execFile);
const installed = dirname(require.resolve('trunkline/package.json'));
const bytes = readFileSync(require.resolve('trunkline/trunkline.wasm'));
const transport = (): { status: number; body: string } => ({ status: 200, body: '{"value":1.5,"autoReload":false}' });
const vonage = { apiKey: 'a', apiSecret: 'b' };

/** A fresh copy of the entry, for a module is loaded once. */
async function fresh(): Promise<typeof esm> {
  fresh.count += 1;
  return import(`${new URL(`file://${installed}/dist/esm/web.js`).href}?${fresh.count}`) as Promise<typeof esm>;
}
fresh.count = 0;

async function balance(wasm: unknown, entry?: typeof esm): Promise<string> {
  const { Trunkline } = entry ?? (await fresh());
  const client = new Trunkline({ vonage, transport, wasm: wasm as esm.WasmSource });
  return (await client.vonage.getBalance()).balance.amount;
}

async function serving(work: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(({ url }, response) => {
    if (url === '/missing.wasm') response.writeHead(404, { 'content-type': 'text/html' }).end('<!doctype html>');
    else if (url === '/page.wasm') response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');
    else
      response.writeHead(200, { 'content-type': url === '/text.wasm' ? 'text/plain' : 'application/wasm' }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).finally(() => {
    server.closeAllConnections();
    server.close();
  });
}

test('the module may be a URL, bytes, a reply or compiled; its MIME type does not matter', async () => {
  await serving(async (url) => {
    const module = await WebAssembly.compile(bytes);
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    const given = [
      `${url}/trunkline.wasm`,
      new URL(`${url}/trunkline.wasm`),
      `${url}/text.wasm`,
      fetch(`${url}/x.wasm`),
      await fetch(`${url}/x.wasm`),
      bytes,
      buffer,
      module,
    ];
    for (const wasm of given) assert.equal(await balance(wasm), '1.5');
  });
});

test('what cannot be loaded says what to do, and may be tried again', async () => {
  await serving(async (url) => {
    const wrong: Array<[unknown, RegExp]> = [
      [
        `${url}/missing.wasm`,
        /trunkline\.wasm: it cannot be fetched from http.*missing\.wasm, status 404: serve the file/,
      ],
      [
        `${url}/page.wasm`,
        /\(text\/html\) is not WebAssembly: serve the file that comes with the package there, or pass/,
      ],
      ['http://127.0.0.1:1/x.wasm', /it cannot be fetched from http:\/\/127\.0\.0\.1:1\/x\.wasm: serve/],
      [new Uint8Array([0, 0x61, 0x73, 0x6d, 9, 9, 9, 9]), /it cannot be compiled/],
      [42, /wasm must be a URL, bytes, a Response or a WebAssembly\.Module/],
    ];
    for (const [wasm, message] of wrong) {
      const error = await thrown<esm.TrunklineError>(balance(wasm));
      assert.match(error.message, message);
      assert.deepEqual([error.kind, error.delivery, error.name], ['unsupported', 'not_sent', 'Unsupported']);
    }
    const entry = await fresh();
    await thrown(balance(`${url}/missing.wasm`, entry));
    assert.equal(await balance(`${url}/trunkline.wasm`, entry), '1.5');
  });
});

test('CommonJS and ESM are given the same classes', () => {
  const cjs = require('trunkline') as typeof esm;
  assert.equal(cjs.Trunkline, esm.Trunkline);
  assert.equal(cjs.TrunklineError, esm.TrunklineError);
  assert.deepEqual(Object.keys(esm).sort(), Object.keys(cjs).sort());
  assert.deepEqual(Object.keys(web).sort(), Object.keys(cjs).sort());
  assert.equal((require('trunkline/sandbox') as { sandbox: unknown }).sandbox, sandbox);
});

/** The package in a folder of its own, without the addon or with another. */
async function elsewhere(addon: string | undefined, script: string, without?: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-'));
  try {
    const modules = join(folder, 'node_modules');
    cpSync(installed, join(modules, 'trunkline'), { recursive: true });
    cpSync(dirname(require.resolve('undici/package.json')), join(modules, 'undici'), { recursive: true });
    if (without !== undefined) rmSync(join(modules, 'trunkline', without));
    if (addon !== undefined) {
      for (const libc of ['', '-gnu', '-musl']) {
        const name = join(modules, '@trunkline', `${process.platform}-${process.arch}${libc}`);
        mkdirSync(name, { recursive: true });
        writeFileSync(join(name, 'package.json'), '{"main":"trunkline.node"}');
        writeFileSync(join(name, 'trunkline.node'), addon);
      }
    }
    writeFileSync(join(folder, 'script.cjs'), script);
    return (await run(process.execPath, ['script.cjs'], { cwd: folder })).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const SCRIPT = `
const { Trunkline } = require('trunkline');
const transport = () => ({ status: 200, body: '{"value":1.5}' });
const client = new Trunkline({ vonage: { apiKey: 'a', apiSecret: 'b' }, transport });
client.vonage.getBalance().then(({ balance }) => {
  const addon = Object.keys(require.cache).some((path) => path.endsWith('.node'));
  console.log(balance.amount, addon);
});
`;

test('without an addon, or with one that cannot be loaded, WebAssembly takes its place and nobody is told', async () => {
  assert.equal(await elsewhere(undefined, SCRIPT), '1.5 false\n');
  assert.equal(await elsewhere('this is for another libc', SCRIPT), '1.5 false\n');
});

const GATEWAY = `
const LATE = false;
const { Trunkline } = require('trunkline');
const { gateway } = require('trunkline/gateway');
const transport = () => ({ status: 200, body: '{"value":1.5}' });
const client = new Trunkline({ vonage: { apiKey: 'a', apiSecret: 'b' }, transport });
const policy = { tokens: ['0123456789abcdef'], operations: ['vonage.*'] };
const headers = { authorization: 'Bearer 0123456789abcdef', 'content-type': 'application/json' };
const body = JSON.stringify({ operation: 'vonage.get_balance' });
const request = new Request('http://localhost/', { method: 'POST', headers, body });
(async () => {
  if (LATE) await client.vonage.getBalance();
  const { value } = await (await gateway(client, policy)(request)).json();
  console.log(value.balance.amount);
})().catch(({ message }) => console.log(message));
`;

test('a gateway without an addon is in WebAssembly, of a module that has one', async () => {
  assert.equal(await elsewhere(undefined, GATEWAY), '1.5\n');
  const late = GATEWAY.replace('LATE = false', 'LATE = true').replace('gateway(client, policy)', 'handler()');
  const handler =
    'const handler = () => { const made = gateway(client, policy); made.ready.catch(() => {}); return made; };';
  assert.match(
    await elsewhere(undefined, late.replace('(async', `${handler}\n(async`)),
    /make the gateway before its first call/,
  );
});

test('a bundler that has left the module behind is told of', async () => {
  const script = SCRIPT.replace(/\}\);\s*$/, '}, (error) => console.log(error.name, error.message));');
  const told = await elsewhere(undefined, script, 'dist/trunkline.wasm');
  assert.match(
    told,
    /^Unsupported trunkline\.wasm is not at .*: copy it there from the package, leave .* or pass its bytes as wasm/,
  );
});

test('nothing is loaded before it is needed', async () => {
  const script = `
    const before = new Set(process.moduleLoadList);
    const { Trunkline } = require('trunkline');
    new Trunkline({ rentnumber: {} });
    const loaded = Object.keys(require.cache).filter((path) => !path.endsWith('script.cjs'));
    console.log(loaded.length, loaded[0].endsWith('cjs/node.js'), process.moduleLoadList.some((name) => !before.has(name) && /http|tls|net$/.test(name)));
  `;
  assert.equal(await elsewhere(undefined, script), '1 true false\n');
});

test('of undici only its agent is loaded, or all where it shows no more than its entry', async () => {
  const script = (first: string): string => `
    const { readFileSync, writeFileSync } = require('node:fs');
    ${first}
    const server = require('node:http').createServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end('{"value":1.5}');
    });
    server.listen(0, '127.0.0.1', async () => {
      const { Trunkline } = require('trunkline');
      const baseUrl = 'http://127.0.0.1:' + server.address().port;
      const client = new Trunkline({ vonage: { apiKey: 'a', apiSecret: 'b', baseUrl } });
      const { balance } = await client.vonage.getBalance();
      const loaded = Object.keys(require.cache).filter((path) => path.includes('undici'));
      console.log(balance.amount, loaded.length > 0, loaded.some((path) => path.includes('fetch')));
      client.close();
      server.close();
    });
  `;
  assert.equal(await elsewhere(undefined, script('')), '1.5 true false\n');
  const hide = `
    const path = './node_modules/undici/package.json';
    const manifest = { ...JSON.parse(readFileSync(path)), exports: { '.': './index.js' } };
    writeFileSync(path, JSON.stringify(manifest));
  `;
  assert.equal(await elsewhere(undefined, script(hide)), '1.5 true true\n');
});

test('the example of the README prints its code, and the demo goes through', async () => {
  const readme = readFileSync(join(installed, 'README.md'), 'utf8');
  const example = /```js\n(.*?)```/s.exec(readme)?.[1] as string;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', example], {
    cwd: dirname(dirname(installed)),
  });
  assert.equal(stdout, '481516\n');
  const demo = await run(process.execPath, [join(installed, 'dist/cli.cjs'), 'demo']);
  assert.match(demo.stdout, /5 of 5 providers/);
  await assert.rejects(
    run(process.execPath, [join(installed, 'dist/cli.cjs'), 'nonsense']),
    /no such command: nonsense/,
  );
});

test('what is sent and what is published are of one version, and nothing is published that is only for work on it', () => {
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Record<string, unknown>;
  const core = readFileSync(join(installed, 'dist/cjs/node.js'), 'utf8');
  assert.ok(core.includes(`var version = "${String(manifest.version)}"`));
  assert.deepEqual(Object.keys(manifest.dependencies as object), ['undici']);
  for (const name of ['private', 'scripts', 'devDependencies']) assert.equal(manifest[name], undefined);
});
