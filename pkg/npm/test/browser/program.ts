/** What people bundle, for the tests of bundlers. */

import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PACKAGE } from './site.js';

const PROGRAM = `
import { Trunkline, TrunklineError } from 'trunkline';

globalThis.rent = async (accounts) => {
  const client = new Trunkline(accounts);
  const { rentalId, phoneNumber } = await client.rentnumber.rent({ pricingId: 42 });
  const { phoneNumber: again } = await client.rentnumber.getRental({ rentalId });
  const error = await client.rentnumber.rent({ pricingId: 999999 }).catch((thrown) => thrown);
  return [phoneNumber === again && /^[+][0-9]{8,15}$/.test(again), error instanceof TrunklineError && error.name];
};
`;
const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Program</title><link rel="icon" href="data:,"></head>
<body><script type="module" src="./js/program.js"></script></body></html>`;

/** A folder with a page and its program, in which the package is installed. */
export function program(): string {
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-'));
  after(() => rmSync(folder, { recursive: true }));
  // As it is installed: bundlers look where a link leads.
  cpSync(fileURLToPath(PACKAGE), join(folder, 'node_modules/trunkline'), { recursive: true });
  mkdirSync(join(folder, 'js'));
  writeFileSync(join(folder, 'index.html'), PAGE);
  writeFileSync(join(folder, 'js/program.js'), PROGRAM);
  return folder;
}
