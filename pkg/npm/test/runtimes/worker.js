/** The program in workerd, where modules in WebAssembly are imported. Bundled by the test, as wrangler does. */

import { Trunkline } from 'trunkline';
import sandboxWasm from 'trunkline/sandbox.wasm';
import wasm from 'trunkline/trunkline.wasm';
import { work } from './program.js';
import { example } from './readme.js';

const transport = () => ({ status: 200, body: '{"value":1.5}' });
const vonage = { apiKey: 'a', apiSecret: 'b' };
// Where workers have neither time nor randomness.
const shared = new Trunkline({ vonage, transport, wasm });
const without = new Trunkline({ vonage, transport });

const jobs = {
  async '/work'(request) {
    console.log(`done ${JSON.stringify(await work(await request.json(), { wasm }))}`);
  },
  '/readme': () => example(wasm, sandboxWasm),
  async '/shared'() {
    console.log(`balance ${(await shared.vonage.getBalance()).balance.amount}`);
  },
  async '/without'() {
    await without.vonage.getBalance().catch(({ kind, message }) => console.log(kind, message));
  },
};

export default {
  async fetch(request) {
    await jobs[new URL(request.url).pathname](request);
    return new Response('done');
  },
};
