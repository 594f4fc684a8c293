/** Trunkline where no addon fits the platform: on the module in WebAssembly. */

const { readFileSync } = require('node:fs');
const addon = require('./contestant.cjs');

exports.makeClient = (url) =>
  addon.makeClient(url, { wasm: readFileSync(require.resolve('trunkline/trunkline.wasm')) });
exports.search = addon.search;
exports.phone = addon.phone;
exports.smallCall = addon.smallCall;
