/** The SDK of Twilio. */

const twilio = require('twilio');

exports.makeClient = (url) => {
  const client = twilio('AC00000000000000000000000000000000', 'a-token');
  // Region and edge are its only options for a host, and both end in twilio.com; the attribute is public.
  client.api.baseUrl = url;
  return client;
};
exports.search = (client) => client.availablePhoneNumbers('GB').local.list({ limit: 100 });
exports.phone = (number) => number.phoneNumber;
exports.smallCall = async (client) => (await client.balance.fetch()).balance;
