/**
 * The SDK of Sinch. It has no call for a balance: its small call asks for one number. Its part for numbers alone,
 * @sinch/numbers 1.4 and 1.5, cannot be loaded without it: their @sinch/sdk-client reads its package.json.
 */

const { SinchClient } = require('@sinch/sdk-core');

const account = { projectId: 'a-project', keyId: 'a-key', keySecret: 'a-secret' };

exports.makeClient = (url) => new SinchClient({ ...account, numbersHostname: url, authHostname: url }).numbers;
exports.search = async (client) =>
  (await client.availableNumber.list({ regionCode: 'GB', type: 'MOBILE', size: 100 })).availableNumbers;
exports.phone = (number) => number.phoneNumber;
exports.smallCall = async (client) =>
  (await client.availableNumber.checkAvailability({ phoneNumber: '+447700900000' })).phoneNumber;
