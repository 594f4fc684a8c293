/** The SDK of Vonage. */

const { Vonage } = require('@vonage/server-sdk');

exports.makeClient = (url) => new Vonage({ apiKey: 'a-key', apiSecret: 'a-secret' }, { restHost: url });
exports.search = async (client) => (await client.numbers.getAvailableNumbers({ country: 'GB', size: 100 })).numbers;
exports.phone = (number) => number.msisdn;
exports.smallCall = async (client) => String((await client.accounts.getBalance()).value);
