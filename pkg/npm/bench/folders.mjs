/** A folder for each contestant, filled once and again when what it needs has changed. */

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const NPM = ['--no-audit', '--no-fund', '--silent'];

/** Copies a contestant there and installs what it needs: what its lock says, or these tarballs. */
export function fill(contestant, folder, tarballs = []) {
  const stamp = join(folder, 'installed.txt');
  const wanted = `${process.version}\n${[...files(contestant), ...tarballs].map(fingerprint).join('\n')}\n`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  process.stderr.write(`── ${folder}: installing\n`);
  rmSync(folder, { recursive: true, force: true });
  cpSync(contestant, folder, { recursive: true });
  const command = tarballs.length > 0 ? ['install', ...tarballs] : ['ci'];
  execFileSync('npm', [...command, ...NPM], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(stamp, wanted);
}

/** How many packages are in it, and how many bytes their files take. */
export function installed(folder) {
  const modules = join(folder, 'node_modules');
  const lock = join(modules, '.package-lock.json');
  if (!existsSync(lock)) return { packages: 0, bytes: 0 };
  const bytes = files(modules).reduce((sum, path) => sum + (path === lock ? 0 : statSync(path).size), 0);
  return { packages: Object.keys(JSON.parse(readFileSync(lock, 'utf8')).packages).length, bytes };
}

/** All files below a folder, links aside. */
function files(folder) {
  const below = readdirSync(folder, { withFileTypes: true, recursive: true });
  return below.filter((entry) => entry.isFile()).map((entry) => join(entry.path, entry.name));
}

/** A file that is written again keeps its name. */
function fingerprint(path) {
  const { size, mtimeMs } = statSync(path);
  return `${path} ${size} ${mtimeMs}`;
}
