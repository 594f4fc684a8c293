/** The built-in transports carry everything as it is and say what is certain; those of users may do anything. */

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { Lost, NotSent, Trunkline, type Transport, type TransportRequest, type TrunklineError } from 'trunkline';
import { hosts, web } from './hosts.js';
import { BALANCE, json, KEY, serving, thrown } from './http.js';

const undici = (options: object): Trunkline => new Trunkline(options);
const fetched = (options: object): Trunkline => new web.Trunkline({ ...options, ...hosts.wasm });
const makes = { undici, fetched };

async function refusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('what certainly never left is not_sent, with its cause; fetch cannot know', async () => {
  const port = await refusedPort();
  const options = { attempts: 1, timeoutMs: 2000 };
  for (const baseUrl of [`http://127.0.0.1:${port}`, `https://127.0.0.1:${port}`]) {
    const account = { rentnumber: { apiKey: KEY, baseUrl } };
    const error = await thrown<TrunklineError>(undici(account).rentnumber.getBalance({}, options));
    assert.deepEqual([error.kind, error.delivery], ['unreachable', 'not_sent'], error.message);
    assert.match(String(error.cause), /ECONNREFUSED/);
    assert.match(error.message, /ECONNREFUSED/);
    const unsure = await thrown<TrunklineError>(fetched(account).rentnumber.getBalance({}, options));
    assert.equal(unsure.delivery, 'unknown', unsure.message);
  }
  const nowhere = { rentnumber: { apiKey: KEY, baseUrl: 'https://nowhere.invalid' } };
  const error = await thrown<TrunklineError>(undici(nowhere).rentnumber.getBalance({}, options));
  assert.deepEqual([error.kind, error.delivery], ['unreachable', 'not_sent'], error.message);
});

for (const [name, make] of Object.entries(makes)) {
  test(`a connection that ends without an answer is lost: ${name}`, async () => {
    await serving((request) => request.socket.destroy(), async ({ account }) => {
      const error = await thrown<TrunklineError>(make(account).rentnumber.getBalance({}, { attempts: 1 }));
      assert.equal(error.delivery, 'unknown');
    });
  });

  test(`no redirect is followed: ${name}`, async () => {
    const away = (_: unknown, response: Parameters<typeof json>[0]): unknown => response.writeHead(302, { location: '/elsewhere' }).end();
    await serving(away, async ({ account, requests }) => {
      await thrown(make(account).rentnumber.getBalance({}, { attempts: 1 }));
      assert.deepEqual(requests.map(({ url }) => url), ['/balance']);
    });
  });

  test(`a body that is too long is not read to its end: ${name}`, async () => {
    let open = true;
    const endless = (_: unknown, response: Parameters<typeof json>[0]): void => {
      response.writeHead(200).on('close', () => (open = false));
      const more = (): void => void (open && response.write('x'.repeat(65_536), () => setImmediate(more)));
      more();
    };
    await serving(endless, async ({ account }) => {
      const client = make({ rentnumber: { ...account.rentnumber, bodyLimit: 100_000 } });
      const error = await thrown<TrunklineError>(client.rentnumber.getBalance({}, { attempts: 1, timeoutMs: 5000 }));
      assert.equal(error.kind, 'malformed', error.message);
      for (let waited = 0; open && waited < 100; waited += 1) await new Promise((resolve) => setTimeout(resolve, 10));
      assert.equal(open, false, 'the connection is closed');
    });
  });

  test(`header and body reach the wire as they are: ${name}`, async () => {
    const seen: Array<{ key: string; body: string; url: string | undefined }> = [];
    const echo = (request: Parameters<Parameters<typeof serving>[0]>[0], response: Parameters<typeof json>[0]): void => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const key = Buffer.from(String(request.headers['x-api-key']), 'latin1').toString();
        seen.push({ key, body, url: request.url });
        response.writeHead(200, { 'content-type': 'application/json', 'x-place': Buffer.from('Zoë').toString('latin1') }).end('{"success":true}');
      });
    };
    await serving(echo, async ({ account, requests }) => {
      const client = make({ rentnumber: { ...account.rentnumber, apiKey: 'Zoë' } });
      const reply = await client.request('rentnumber', 'POST', '/echo', { json: { name: 'Zoë' }, query: { q: 'a b&c' } });
      assert.equal(reply.header('X-Place'), 'Zoë');
      assert.deepEqual(seen, [{ key: 'Zoë', body: '{"name":"Zoë"}', url: '/echo?q=a%20b%26c' }]);
      assert.equal(requests[0]?.headers['content-type'], 'application/json');
      assert.equal(requests[0]?.headers.cookie, undefined);
    });
  });
}

test('a header that fetch refuses is not quoted', async () => {
  const refusing = class extends Headers {
    override append(name: string, value: string): void {
      throw new TypeError(`${value} is an invalid header value for ${name}`);
    }
  };
  const real = globalThis.Headers;
  globalThis.Headers = refusing;
  try {
    const error = await thrown<TrunklineError>(fetched({ rentnumber: { apiKey: KEY } }).rentnumber.getBalance({}, { attempts: 1 }));
    assert.match(error.message, /the browser refuses the header/);
    assert.ok(!error.message.includes(KEY));
  } finally {
    globalThis.Headers = real;
  }
});

test('a connection is used again', async () => {
  await serving((_, response) => json(response, BALANCE), async ({ account, requests }) => {
    const client = undici(account);
    await client.rentnumber.getBalance();
    await client.rentnumber.getBalance();
    assert.ok(requests[0]?.socket === requests[1]?.socket, 'one connection');
    client.close();
  });
});

/** How a call ends with that transport. */
async function ending(transport: unknown, options: object = {}): Promise<TrunklineError> {
  const client = new Trunkline({ rentnumber: { apiKey: KEY, rateLimit: 'none' }, transport: transport as Transport });
  return thrown<TrunklineError>(client.rentnumber.getBalance({}, { attempts: 1, ...options }));
}

test('a transport of the user is a function or an object, and answers as it likes', async () => {
  const body = JSON.stringify(BALANCE);
  const answers: unknown[] = [
    () => ({ status: 200, body }),
    async () => ({ status: 200, body: new TextEncoder().encode(body), headers: { 'X-Request-Id': '7' } }),
    { send: async () => ({ status: 200, body, headers: new Headers({ 'x-request-id': '7' }) }) },
    { send: () => ({ status: 200, body, headers: [['x-request-id', '7']] }) },
  ];
  for (const transport of answers) {
    const client = new Trunkline({ rentnumber: { apiKey: KEY, rateLimit: 'none' }, transport: transport as Transport });
    const { value, response } = await client.rentnumber.getBalance.withResponse();
    assert.equal(Number(value.balance.amount), 450);
    if (response.headers.length > 0) assert.equal(response.header('x-request-id'), '7');
  }
});

test('what a transport throws is taken at its word only where it says so, and never quoted', async () => {
  const throwing = (error: unknown) => (): never => {
    throw error;
  };
  const never = await ending(throwing(new NotSent('the queue is full')));
  assert.deepEqual([never.kind, never.delivery], ['unreachable', 'not_sent']);
  assert.match(never.message, /the queue is full/);
  assert.match((await ending(throwing(new Lost('cut off')))).message, /cut off/);
  // One that the core does not know, and so cannot mask.
  const password = 'hunter3 of the proxy';
  for (const error of [new TypeError(`proxy: ${password}`), password, undefined, { password }]) {
    const lost = await ending(throwing(error));
    assert.equal(lost.delivery, 'unknown');
    assert.ok(!`${lost.message} ${String(lost.cause)}`.includes('hunter3'));
    const later = await ending(() => Promise.reject(error));
    assert.equal(later.message, lost.message);
  }
});

test('what is no reply says what a reply is', async () => {
  assert.match((await ending(() => undefined)).message, /the transport gave no reply: \{ status, headers, body \}/);
  assert.match((await ending(() => ({ status: '200' }))).message, /the transport gave no status/);
  assert.match((await ending(() => fetch('data:,x'))).message, /neither a Uint8Array nor a string/);
});

test('a transport that hangs is given up at the deadline, and told', async () => {
  let signal: AbortSignal | undefined;
  const hanging = (request: TransportRequest): Promise<never> => {
    signal = request.signal;
    return new Promise(() => {});
  };
  const error = await ending(hanging, { timeoutMs: 50 });
  assert.equal(error.kind, 'timed_out');
  assert.ok(signal?.aborted);
});

test('closing the client closes its transport', () => {
  let closed = 0;
  const transport = { send: () => ({ status: 200 }), close: () => void (closed += 1) };
  new Trunkline({ transport }).close();
  assert.equal(closed, 1);
});
