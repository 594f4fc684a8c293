/** Gateways in people's own servers: pages that hang up, bodies that do not come, policies that are wrong. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, request as ask, type IncomingMessage } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { InvalidInput, Trunkline, type TrunklineError } from 'trunkline';
import { gateway, type Policy } from 'trunkline/gateway';
import { sandbox as pretended } from 'trunkline/sandbox';
import { eventually, serving, thrown } from './http.js';
import { mounts, policyOf, type Mounted } from './mounts.js';
import { freePort } from './ports.js';
import { TOKEN, type Server } from './server.js';
import { Servers } from './servers.js';

const servers = new Servers();
const open: Mounted[] = [];
after(() => {
  for (const mounted of open) mounted.close();
  servers.close();
});

const RENT = { operation: 'rentnumber.rent', params: { pricing_id: '42' } };
const READ = { operation: 'rentnumber.get_balance' };
const LIST = { operation: 'vonage.search_available', mode: 'all', params: { country: 'GB', size: 100 } };
const PAGE = 'https://app.example.com';

type Start = (typeof mounts)['http'];

async function stage(start: Start, policy: Partial<Policy> = {}): Promise<{ sandbox: Server; gateway: Mounted }> {
  const sandbox = await servers.start();
  const gateway = await start(sandbox.accounts, { path: '/', ...policy });
  open.push(gateway);
  return { sandbox, gateway };
}

interface Answered {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
}

/** Asks by hand. */
function post(
  { port }: Mounted,
  body: unknown,
  headers: Record<string, string> = {},
  method = 'POST',
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const known = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const length = method === 'POST' ? { 'content-length': String(text.length) } : {};
    const sent = ask({ port, host: '127.0.0.1', method, headers: { ...known, ...length }, agent: false }, (reply) => {
      let text = '';
      reply.on('data', (chunk) => (text += String(chunk)));
      reply.on('end', () => resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text }));
    });
    sent.on('error', reject).end(method === 'POST' ? text : '');
  });
}

/** Asks, and hangs up when it is time. */
async function hangUp({ port }: Mounted, body: unknown, time: () => boolean | Promise<boolean>): Promise<void> {
  const text = JSON.stringify(body);
  const head = `host: x\r\nauthorization: Bearer ${TOKEN}\r\ncontent-type: application/json\r\ncontent-length: ${text.length}`;
  const socket = connect(port, '127.0.0.1', () => socket.write(`POST / HTTP/1.1\r\n${head}\r\n\r\n${text}`));
  socket.on('error', () => {}).on('data', () => {});
  for (let tries = 0; tries < 400 && !(await time()); tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  assert.ok(await time(), 'it has not come to pass');
  socket.destroy();
}

for (const [name, start] of Object.entries(mounts)) {
  test(`a page that is closed leaves no purchase half made, and finish waits for it: ${name}`, async () => {
    const { sandbox, gateway } = await stage(start);
    await sandbox.control('POST', 'faults', { kind: 'slow', operation: 'POST /rent', delay_ms: 600 });
    await hangUp(gateway, RENT, async () => (await sandbox.purchases('rentnumber')) === 1);
    const started = performance.now();
    await gateway.mounted.finish();
    const took = performance.now() - started;
    assert.ok(took > 200 && took < 3000, `${took} ms`);
    await gateway.mounted.finish();
    assert.equal(await sandbox.purchases('rentnumber'), 1);
  });

  test(`nothing is read on for a page that is closed: ${name}`, async () => {
    let [asked, left] = [0, 0];
    const silent = (request: IncomingMessage): void => {
      asked += 1;
      request.socket.on('close', () => (left += 1));
    };
    await serving(silent, async ({ account }) => {
      const gateway = await start(account, { path: '/' });
      open.push(gateway);
      await hangUp(gateway, READ, () => asked === 1);
      await eventually(() => left === 1);
      // Nobody waits for it.
      await gateway.mounted.finish();
    });
  });

  test(`a list ends with the page that reads it, and is read no faster: ${name}`, async () => {
    let pages = 0;
    const numbers = Array.from({ length: 100 }, (_, at) => ({
      country: 'GB',
      msisdn: `4477009${String(at).padStart(5, '0')}`,
      type: 'mobile-lvn',
      cost: '0.5',
      features: ['SMS'],
    }));
    const answer = (_: IncomingMessage, response: { end(text: string): unknown }): void => {
      pages += 1;
      response.end(JSON.stringify({ count: 1e6, numbers }));
    };
    await serving(answer, async ({ url }) => {
      const vonage = { apiKey: 'a', apiSecret: 'b', baseUrl: url, rateLimit: 'none' };
      const gateway = await start({ vonage }, { path: '/' });
      open.push(gateway);
      const client = new Trunkline(gateway.options);
      const items = client.vonage.searchAvailable.all({ country: 'GB', size: 100 });
      for (let count = 0; count < 150; count += 1) await items.next();
      await new Promise((resolve) => setTimeout(resolve, 700));
      const before = pages;
      assert.ok(before < 2000, `${before} pages`);
      await items.return?.();
      await new Promise((resolve) => setTimeout(resolve, 200));
      const then = pages;
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.ok(pages === then, 'it has ended');
      client.close();
    });
  });

  test(`pages of listed origins may ask and read, and no others: ${name}`, async () => {
    const { gateway } = await stage(start, { origins: [PAGE], bodyLimit: 4096 });
    const asking = {
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization,content-type',
    };
    const allowed = await post(gateway, '', { origin: PAGE, ...asking }, 'OPTIONS');
    assert.deepEqual([allowed.status, allowed.text], [204, '']);
    assert.equal(allowed.headers['access-control-allow-origin'], PAGE);
    assert.equal(allowed.headers['access-control-allow-methods'], 'POST');
    for (const origin of ['https://evil.example', 'null']) {
      const other = await post(gateway, '', { origin, ...asking }, 'OPTIONS');
      assert.deepEqual([other.status, other.headers['access-control-allow-origin']], [403, undefined]);
    }
    const seen = await post(gateway, READ, { origin: PAGE });
    assert.deepEqual([seen.status, seen.headers['access-control-allow-origin']], [200, PAGE]);
    assert.equal(seen.headers['content-type'], 'application/json');
    assert.equal(seen.headers['cache-control'], 'no-store');
    // A page can read why it was refused, too.
    const long = await post(gateway, ' '.repeat(5000), { origin: PAGE });
    assert.deepEqual([long.status, long.headers['access-control-allow-origin']], [413, PAGE]);
    const lines = await post(gateway, LIST);
    assert.equal(lines.headers['content-type'], 'application/x-ndjson');
    assert.ok(lines.text.endsWith('{"end":true}\n') && lines.text.split('\n').length > 1000);
  });

  test(`a body that does not come is not waited for: ${name}`, async () => {
    const { sandbox, gateway } = await stage(start, { bodyTimeoutMs: 200 });
    const text = JSON.stringify(RENT);
    const head = `host: x\r\nauthorization: Bearer ${TOKEN}\r\ncontent-type: application/json\r\ncontent-length: ${text.length}`;
    for (const kept of [0, 10]) {
      const answer = await new Promise<string>((resolve) => {
        let answer = '';
        const socket = connect(gateway.port, '127.0.0.1', () =>
          socket.write(`POST / HTTP/1.1\r\n${head}\r\n\r\n${text.slice(0, kept)}`),
        );
        socket.setTimeout(3000, () => socket.destroy());
        socket.on('error', () => {}).on('close', () => resolve(`${answer}`));
        socket.on('data', (chunk) => {
          answer += String(chunk);
          if (answer.includes('}}')) socket.destroy();
        });
      });
      assert.match(answer, /^HTTP\/1\.1 408 [^]*"kind":"timed_out"/);
    }
    assert.equal(await sandbox.purchases('rentnumber'), 0);
  });

  test(`fifty who buy at once buy no more than is allowed: ${name}`, async () => {
    const { sandbox, gateway } = await stage(start, { maxPurchases: 5 });
    const buy = { operation: 'tempnumber.buy_number', params: { country_code: 'US', duration: 'oneMonth' } };
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(gateway, buy)));
    const count = (status: number): number => answers.filter((answer) => answer.status === status).length;
    assert.deepEqual([count(200), count(429)], [5, 45]);
    assert.equal(await sandbox.purchases('tempnumber'), 5);
    const late = await post(gateway, RENT);
    assert.ok(Number(late.headers['retry-after']) > 86_000);
    // What was not bought does not count.
    const { gateway: other, sandbox: there } = await stage(start, { maxPurchases: 1 });
    for (let tries = 0; tries < 3; tries += 1) {
      const refused = await post(other, { ...RENT, params: { pricing_id: '999999' } });
      assert.match(refused.text, /"delivery":"refused"/);
    }
    assert.deepEqual([(await post(other, RENT)).status, (await post(other, RENT)).status], [200, 429]);
    assert.equal(await there.purchases('rentnumber'), 1);
  });
}

test('a body that something before the gateway has read is said to be', async () => {
  const handler = gateway((await pretended()).client(), policyOf());
  const server = createServer((request, response) => {
    request.resume().on('end', () => void handler.node(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { status, text } = await post({ port } as Mounted, RENT);
  server.close();
  assert.equal(status, 500);
  assert.match(text, /"delivery":"not_sent".*something before the gateway has read it; mount the gateway before/);
});

test('a policy that makes no sense says why, and shows no token', async () => {
  const client = (await pretended()).client();
  const wrong: Array<[object, RegExp]> = [
    [{ tokens: [] }, /tokens: there is none/],
    [{ tokens: ['short'] }, /tokens: a token must be at least 16/],
    [{ operations: [] }, /operations: list at least one/],
    [{ operations: ['rentnumber.nonsense'] }, /rentnumber\.nonsense/],
    [{ maxPurchases: 0 }, /max_purchases: .* spends money/],
    [{ accounts: ['other'] }, /accounts: no account "other"; there are: /],
    [{ origins: ['https://app.example.com/'] }, /origins: /],
    [{ maxTimeoutMs: -1 }, /max_timeout: /],
    [{ bodyLimit: 'much' }, /body_limit: /],
  ];
  for (const [policy, message] of wrong) {
    const handler = gateway(client, policyOf(policy as Partial<Policy>));
    const error = await thrown<TrunklineError>(handler.ready);
    assert.ok(error instanceof InvalidInput, String(error));
    assert.match(error.message, message);
    assert.ok(!inspect(error).includes(TOKEN));
  }
  assert.throws(
    () => gateway(client, { ...policyOf(), timeout: 5 } as Policy),
    /policy: there is no timeout; there are: /,
  );
  const distant = new Trunkline({ gateway: 'https://app.example.com', token: TOKEN });
  assert.throws(() => gateway(distant, policyOf()), /it needs a client that has accounts of its own/);
  assert.throws(() => gateway({} as Trunkline, policyOf()), /it needs a client/);
});

test('the examples run as they are', async () => {
  const examples = fileURLToPath(new URL('../../../../../examples/node/', import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'trunkline-'));
  try {
    const modules = join(folder, 'node_modules');
    mkdirSync(join(modules, '@hono'), { recursive: true });
    symlinkSync(fileURLToPath(new URL('../../node_modules/trunkline', import.meta.url)), join(modules, 'trunkline'));
    const tools = fileURLToPath(new URL('../../../../../pkg/npm/node_modules/', import.meta.url));
    for (const name of ['express', 'hono', '@hono/node-server']) symlinkSync(join(tools, name), join(modules, name));
    const names = readdirSync(examples).filter((name) => name.startsWith('gateway_'));
    assert.deepEqual(names, ['gateway_express.mjs', 'gateway_hono.mjs']);
    for (const name of names) {
      const program = join(folder, name);
      cpSync(join(examples, name), program);
      const env = { ...process.env, GATEWAY_TOKEN: TOKEN, PORT: String(await freePort()) };
      const running = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] });
      try {
        const [line] = (await new Promise((resolve) =>
          running.stdout.once('data', (data) => resolve([String(data)])),
        )) as [string];
        const url = /http:\S+\/gateway/.exec(line)?.[0];
        assert.ok(url && line.includes(TOKEN), line);
        const client = new Trunkline({ gateway: url, token: TOKEN });
        const { rentalId } = await client.rentnumber.rent({ pricingId: 42 });
        assert.equal((await client.rentnumber.getRental({ rentalId })).status, 'waiting');
        const refused = await thrown<TrunklineError>(client.rentnumber.cancelRental({ rentalId }));
        assert.equal(refused.kind, 'forbidden');
        client.close();
      } finally {
        running.kill();
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
