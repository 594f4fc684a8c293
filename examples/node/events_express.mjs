/**
 * An Express server that Vonage's messages come to: POST /codes buys a number and gives the code that it receives. Run it
 * with `node events_express.mjs`, with trunkline and express installed. The account is taken from the environment, and so
 * is SIGNATURE_SECRET, which its messages are signed with; PUBLIC_URL is where Vonage reaches this server. To try it
 * without an account run `npx trunkline sandbox`, and set TRUNKLINE_VONAGE_… as it prints them.
 */

import express from 'express';
import { Trunkline, TrunklineError, Unauthenticated } from 'trunkline';
import { parseEvent } from 'trunkline/gateway';

const secret = process.env.SIGNATURE_SECRET;
const port = Number(process.env.PORT ?? 8080);
const publicUrl = process.env.PUBLIC_URL ?? `http://127.0.0.1:${port}`;

const client = new Trunkline();
const app = express();

// The signature is over the bytes: whatever their type, nothing but `raw` may read them.
app.all('/events/vonage', express.raw({ type: () => true }), async (request, response) => {
  const { method, url, headers, body } = request;
  const query = url.split('?')[1];
  try {
    const event = await parseEvent('vonage', { method, query, headers, body }, { secret, algorithm: 'hmac_sha256' });
    if (event) await client.feed(event);
    response.sendStatus(200);
  } catch (error) {
    if (!(error instanceof TrunklineError)) throw error;
    response.sendStatus(error instanceof Unauthenticated ? 401 : 400);
  }
});

app.post('/codes', async (_request, response) => {
  const { offers } = await client.search({ country: 'GB', accounts: ['vonage'], capabilities: ['sms'], limit: 1 });
  const { number } = await client.buy({ offers: offers.map(({ id }) => id) });
  try {
    await client.configure({ number: number.id, webhookUrl: `${publicUrl}/events/vonage` });
    const message = await client.waitForMessage({ number: number.id, withCode: true }, { timeoutMs: 120_000 });
    response.json({ number: number.phoneNumber, from: message.sender, code: message.code });
  } finally {
    await client.release({ number: number.id });
  }
});

app.listen(port, '127.0.0.1', () => console.log(`The server is at http://127.0.0.1:${port}`));
