#!/usr/bin/env node
/** npx trunkline demo */

import { demo } from './demo.js';

const HELP = `\
npx trunkline demo    find, buy, read and release a number at all five providers, pretended
`;

async function main(command: string | undefined): Promise<number> {
  if (command === 'demo') return demo();
  if (command === undefined || command === 'help' || command === '--help' || command === '-h') {
    process.stdout.write(HELP);
    return 0;
  }
  process.stderr.write(`trunkline: no such command: ${command}\n\n${HELP}`);
  return 2;
}

void main(process.argv[2]).then((status) => (process.exitCode = status));
