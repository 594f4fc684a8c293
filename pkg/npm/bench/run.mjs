/**
 * Trunkline beside the SDKs that people use, and beside fetch and undici by hand: `cargo xtask bench node`.
 *
 *     node run.mjs --url <of the server of canned answers> --folder <where contestants are kept> [--rounds 7] <tarballs>
 *
 * The tarballs are ours: of the package, and of the platform's addon. Each contestant has a folder of its own, each
 * measurement is a process of its own, and the contestants take turns, so that what else the machine does falls on all of
 * them. One server, started by the caller, answers all:
 * `cargo run --release -p trunkline-sandbox --features serve --example canned`.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fill, installed } from './folders.mjs';
import { OURS, lines } from './table.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
// Below contestants/: its folder, and its file there. Those of one folder are one installation.
const CONTESTANTS = {
  [OURS]: ['trunkline', 'contestant.cjs'],
  'its wasm': ['trunkline', 'wasm.cjs'],
  vonage: ['vonage', 'contestant.cjs'],
  sinch: ['sinch', 'contestant.cjs'],
  telnyx: ['telnyx', 'contestant.cjs'],
  twilio: ['twilio', 'contestant.cjs'],
  fetch: ['fetch', 'contestant.cjs'],
  undici: ['undici', 'contestant.cjs'],
};
const KEYS = ['load', 'first', 'search', 'small', 'flight'];
// No proxy, no account, no setting of the user's shell has a say in the figures.
const ENVIRONMENT = Object.fromEntries(
  ['PATH', 'HOME', 'LANG', 'TMPDIR'].flatMap((name) => (name in process.env ? [[name, process.env[name]]] : [])),
);

/** One figure. Throws why there is none. */
function measure(file, key, url) {
  const command = [join(here, 'measure.cjs'), file, key, url];
  const { status, stdout, stderr, error } = spawnSync(process.execPath, command, {
    env: ENVIRONMENT,
    encoding: 'utf8',
    timeout: 120_000,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(stderr.trim().split('\n').at(-1) || `exit code ${status}`);
  return Number(stdout);
}

class Benchmark {
  /** By contestant and measurement, or "everything": why there is no figure. */
  failed = new Map();
  #files = new Map();
  #taken = {};

  constructor(url, folder, tarballs) {
    this.url = url;
    this.folder = folder;
    this.tarballs = tarballs;
  }

  install() {
    mkdirSync(this.folder, { recursive: true });
    for (const [name, [source, file]] of Object.entries(CONTESTANTS)) {
      const folder = join(this.folder, source);
      try {
        fill(join(here, 'contestants', source), folder, source === 'trunkline' ? this.tarballs : []);
      } catch (problem) {
        this.failed.set(`${name}, everything`, `cannot be installed: ${problem.message}`);
        continue;
      }
      this.#files.set(name, join(folder, file));
      if (file !== 'contestant.cjs') continue;
      const { packages, bytes } = installed(folder);
      this.#take(name, 'packages', packages);
      this.#take(name, 'installed', bytes);
    }
    const sizes = this.tarballs.map((path) => statSync(path).size);
    this.#take(OURS, 'tarballs', sizes.reduce((sum, size) => sum + size));
    const platforms = join(this.folder, 'trunkline/node_modules/@trunkline');
    for (const platform of readdirSync(platforms)) {
      this.#take(OURS, 'addon', statSync(join(platforms, platform, 'trunkline.node')).size);
    }
  }

  #take(name, key, figure) {
    ((this.#taken[key] ??= {})[name] ??= []).push(figure);
  }

  #round(number, key) {
    const names = [...this.#files.keys()];
    const first = number % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      if (this.failed.has(`${name}, ${key}`)) continue;
      try {
        this.#take(name, key, measure(this.#files.get(name), key, this.url));
      } catch (problem) {
        this.failed.set(`${name}, ${key}`, problem.message);
      }
    }
  }

  run(rounds) {
    // Fills the disk's cache; nobody's figure.
    process.stderr.write('── warming up\n');
    for (const key of ['load', 'first']) this.#round(0, key);
    for (const key of KEYS) delete this.#taken[key];
    for (let number = 0; number < rounds; number += 1) {
      process.stderr.write(`── round ${number + 1} of ${rounds}\n`);
      for (const key of KEYS) this.#round(number, key);
    }
  }

  /** Medians, by measurement, then by contestant. */
  figures() {
    const rows = {};
    for (const [key, row] of Object.entries(this.#taken)) {
      const known = Object.entries(row).filter(([name]) => !this.failed.has(`${name}, ${key}`));
      rows[key] = Object.fromEntries(known.map(([name, taken]) => [name, median(taken)]));
    }
    return rows;
  }
}

function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { url: { type: 'string' }, folder: { type: 'string' }, rounds: { type: 'string', default: '7' } },
});
const rounds = Number(values.rounds);
if (!values.url || !values.folder || positionals.length !== 2 || !(rounds >= 1)) {
  process.stderr.write('usage: node run.mjs --url URL --folder FOLDER [--rounds 7] <tarball> <tarball of the addon>\n');
  process.exit(2);
}
const benchmark = new Benchmark(values.url, resolve(values.folder), positionals.map((path) => resolve(path)));
benchmark.install();
benchmark.run(rounds);
console.log(`\nmedians of ${rounds} rounds, over loopback; Node.js ${process.version}`);
console.log('CPU: of the process from its first line, or per call of a warm one\n');
console.log(lines(Object.keys(CONTESTANTS), benchmark.figures(), benchmark.failed).join('\n'));
process.exitCode = benchmark.failed.size > 0 ? 1 : 0;
