/**
 * A gateway inside an Express server, so that pages use accounts whose keys stay here: `node gateway_express.mjs`, with
 * trunkline and express installed. Against the pretended providers; with `new Trunkline()` they are the real ones.
 */

import express from 'express';
import { randomBytes } from 'node:crypto';
import { gateway } from 'trunkline/gateway';
import { sandbox } from 'trunkline/sandbox';

const token = process.env.GATEWAY_TOKEN ?? randomBytes(16).toString('hex');
const five = await sandbox();
// The gateway is one route; its policy says the same path.
const handler = gateway(five.client(), {
  tokens: [token],
  path: '/gateway',
  origins: ['https://app.example.com'],
  operations: ['rentnumber.*', 'rentnumber.rent'],
  maxPurchases: 20,
});

const app = express();
app.all('/gateway', handler.node);
app.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
  console.log(`The gateway is at http://127.0.0.1:${process.env.PORT ?? 8080}/gateway, its token is ${token}`);
});
