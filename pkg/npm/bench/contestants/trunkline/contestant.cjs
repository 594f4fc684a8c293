/** Trunkline itself, as its README shows it. */

const { Trunkline } = require('trunkline');

exports.makeClient = (url, options) =>
  new Trunkline({ vonage: { apiKey: 'a-key', apiSecret: 'a-secret', baseUrl: url }, ...options });
exports.search = async (client) => (await client.vonage.searchAvailable({ country: 'GB', size: 100 })).items;
exports.phone = (number) => number.phoneNumber;
exports.smallCall = async (client) => (await client.vonage.getBalance()).balance.amount;
