/** The program in runtimes that have a command line. */

import process from 'node:process';
import { work, type Job } from './program.js';

const done = await work(JSON.parse(process.argv[2] as string) as Job, {});
console.log(`done ${JSON.stringify(done)}`);
