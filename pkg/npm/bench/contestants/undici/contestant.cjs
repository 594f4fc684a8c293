/** Vonage's calls written by hand over undici: JSON decoded, nothing checked but the status. */

const { Agent, request } = require('undici');

const headers = { authorization: `Basic ${btoa('a-key:a-secret')}` };

async function get({ url, dispatcher }, path) {
  const { statusCode, body } = await request(url + path, { dispatcher, headers });
  if (statusCode !== 200) throw new Error(`status ${statusCode}`);
  return body.json();
}

exports.makeClient = (url) => ({ url, dispatcher: new Agent({ headersTimeout: 30_000, bodyTimeout: 30_000 }) });
exports.search = async (client) => (await get(client, '/number/search?country=GB&size=100')).numbers;
exports.phone = (number) => number.msisdn;
exports.smallCall = async (client) => String((await get(client, '/account/get-balance')).value);
