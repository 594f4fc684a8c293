/**
 * A gateway inside a Hono server: `node gateway_hono.mjs`, with trunkline, hono and @hono/node-server installed. The same
 * app runs in Deno, Bun and Workers. Against the pretended providers; with `new Trunkline()` they are the real ones.
 */

import { serve } from '@hono/node-server';
import { Hono } from 'hono';
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

const app = new Hono();
app.all('/gateway', (context) => handler(context.req.raw));
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(process.env.PORT ?? 8080) }, ({ port }) => {
  console.log(`The gateway is at http://127.0.0.1:${port}/gateway, its token is ${token}`);
});
