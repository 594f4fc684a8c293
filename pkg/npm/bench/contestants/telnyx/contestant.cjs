/** The SDK of Telnyx. */

const Telnyx = require('telnyx');

exports.makeClient = (url) => new Telnyx({ apiKey: 'a-key', baseURL: `${url}/v2` });
exports.search = async (client) =>
  (await client.availablePhoneNumbers.list({ filter: { country_code: 'GB', limit: 100 } })).data;
exports.phone = (number) => number.phone_number;
exports.smallCall = async (client) => (await client.balance.retrieve()).data.balance;
