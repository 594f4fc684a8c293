/** What comes of a call whose way to the gateway is broken: an error that says what is known, and nothing sent twice. */

import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import * as node from 'trunkline';
import type { Trunkline, TrunklineError, TrunklineOptions } from 'trunkline';
import { web } from './hosts.js';
import { eventually, serving, thrown } from './http.js';
import { TOKEN } from './server.js';
import { Servers } from './servers.js';

const servers = new Servers();
after(() => servers.close());
const makes = {
  undici: (options: TrunklineOptions): Trunkline => new node.Trunkline(options),
  fetched: (options: TrunklineOptions): Trunkline => new web.Trunkline(options),
};
const KEY = '7f6f0a3e-2c1b-4d5e-9a8b-0c1d2e3f4a5b';
const BUY = { countryCode: 'US', duration: 'oneMonth' } as const;

type Answering = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A pretended gateway while the work lasts, and how often it was asked. */
async function pretended(
  make: (typeof makes)['undici'],
  answer: Answering,
  work: (client: Trunkline, asked: () => number) => Promise<void>,
): Promise<void> {
  await serving(
    (request, response) => void answer(request, response),
    async ({ url, requests }) => {
      const client = make({ gateway: url, token: TOKEN });
      await work(client, () => requests.length).finally(() => client.close());
    },
  );
}

/** How a read, a change and a purchase end, and that each was sent once. */
async function endings(make: (typeof makes)['undici'], answer: Answering, options = {}): Promise<TrunklineError[]> {
  let errors: TrunklineError[] = [];
  await pretended(make, answer, async (client, asked) => {
    const tries = { attempts: 5, ...options };
    errors = await Promise.all([
      thrown<TrunklineError>(client.rentnumber.getBalance({}, tries)),
      thrown<TrunklineError>(client.rentnumber.cancelRental({ rentalId: 1 }, tries)),
      thrown<TrunklineError>(client.rentnumber.rent({ pricingId: 42 }, tries)),
      thrown<TrunklineError>(client.tempnumber.buyNumber(BUY, { ...tries, idempotencyKey: KEY })),
    ]);
    assert.equal(asked(), errors.length, 'each was sent once');
  });
  return errors;
}

const words = ({ kind, delivery }: TrunklineError): string => `${kind} ${delivery}`;
const NOT_WHOLE = /what came is no gateway's answer, or not the whole of it/;
const UNKNOWN = 'purchase_unknown unknown';

for (const [name, make] of Object.entries(makes)) {
  test(`a lost answer: ${name}`, async () => {
    const cuts: Answering[] = [
      (request) => request.socket.destroy(),
      (_, response) =>
        response.writeHead(200, { 'content-length': '100' }).write('{"value":', () => response.destroy()),
    ];
    for (const cut of cuts) {
      const errors = await endings(make, cut);
      const lost = 'unreachable unknown';
      assert.deepEqual(errors.map(words), [lost, lost, UNKNOWN, UNKNOWN]);
      const [, , rented, bought] = errors as [unknown, unknown, TrunklineError, TrunklineError];
      assert.match(
        rented.message,
        /^rentnumber\.rent: whether it was bought is not known: the gateway's answer was lost: /,
      );
      assert.match(rented.message, /may have been carried out\]\. Look at the account before buying again\.$/);
      assert.deepEqual([rented.idempotencyKey, bought.idempotencyKey, bought.attempts], [null, KEY, 1]);
      assert.match(bought.message, new RegExp(`calling again with idempotency_key ${KEY} cannot buy twice`));
    }
  });

  test(`silence is given up a little after the gateway would have given up: ${name}`, async () => {
    let timeouts: number[] = [];
    const silent: Answering = async (request) => {
      let body = '';
      for await (const chunk of request) body += String(chunk);
      timeouts.push((JSON.parse(body) as { options: { timeout: number } }).options.timeout);
    };
    const started = performance.now();
    const errors = await endings(make, silent, { timeoutMs: 250 });
    const took = performance.now() - started;
    assert.ok(took > 1000 && took < 5000, `${took} ms`);
    assert.deepEqual(errors.map(words), ['timed_out unknown', 'timed_out unknown', UNKNOWN, UNKNOWN]);
    assert.deepEqual(timeouts, [0.25, 0.25, 0.25, 0.25]);
  });

  test(`what is no gateway's answer: ${name}`, async () => {
    const html = '<!doctype html><title>502 Bad Gateway</title>';
    const answers: Array<[status: number, type: string, body: string, kind: string]> = [
      [502, 'text/html', html, 'provider_down'],
      [200, 'text/html', html, 'malformed'],
      [404, 'text/html; charset=utf-8', html, 'malformed'],
      [200, 'application/json', '{"value":{"rental_id":"1"', 'malformed'],
      [200, 'application/json', '', 'malformed'],
      [200, 'application/json', '[]', 'malformed'],
      [200, 'application/json', 'null', 'malformed'],
      [200, 'application/json', '{"result":1}', 'malformed'],
      [403, 'application/json', '{"error":"forbidden"}', 'malformed'],
      [200, 'application/json', '{"error":{"kind":"something_new","delivery":"refused","message":"x"}}', 'malformed'],
      [500, 'application/json', '{"value":1}', 'provider_down'],
    ];
    for (const [status, type, body, kind] of answers) {
      const errors = await endings(make, (_, response) =>
        response.writeHead(status, { 'content-type': type }).end(body),
      );
      assert.deepEqual(errors.map(words), [`${kind} unknown`, `${kind} unknown`, UNKNOWN, UNKNOWN], body);
      for (const error of errors) {
        assert.equal(error.status, status);
        assert.match(error.message, NOT_WHOLE);
        assert.ok(!error.message.includes('Bad Gateway'));
      }
    }
  });

  test(`no redirect is followed: ${name}`, async () => {
    const away: Answering = (_, response) => response.writeHead(307, { location: '/elsewhere' }).end();
    assert.deepEqual(
      (await endings(make, away)).map(({ delivery }) => delivery),
      Array(4).fill('unknown'),
    );
  });

  test(`a reply that was asked for and is not there: ${name}`, async () => {
    const bare: Answering = (_, response) => response.end('{"value":{"balance":{"amount":"1","currency":"NGN"}}}');
    await pretended(make, bare, async (client) => {
      assert.equal((await client.rentnumber.getBalance()).balance.amount, '1');
      assert.equal((await thrown<TrunklineError>(client.rentnumber.getBalance.withResponse())).kind, 'malformed');
    });
  });

  test(`a list that breaks off ends in an error, after the items that came: ${name}`, async () => {
    const item = (number: number): string => `{"item":{"country":"GB","phone_number":"+44${number}"}}\n`;
    const cut = (_: unknown, response: ServerResponse): unknown =>
      response.writeHead(200).write(item(1) + item(2), () => response.destroy());
    const whole =
      (text: string): Answering =>
      (_, response) =>
        response.writeHead(200).end(text);
    const refusal = {
      kind: 'refused',
      delivery: 'refused',
      operation: 'vonage.list_numbers',
      message: 'no',
      attempts: 1,
    };
    const cases: Array<[answer: Answering, kind: string, message: RegExp]> = [
      [cut, 'unreachable', /the gateway's answer was lost/],
      [whole(item(1) + item(2)), 'malformed', NOT_WHOLE],
      [whole(item(1) + item(2) + item(3).slice(0, 20)), 'malformed', NOT_WHOLE],
      [whole(`${item(1)}${item(2)}<html>\n`), 'malformed', NOT_WHOLE],
      [whole(`${item(1)}${item(2)}${JSON.stringify({ error: refusal })}\n`), 'refused', /no \[refused\]/],
    ];
    for (const [answer, kind, message] of cases) {
      await pretended(make, answer, async (client, asked) => {
        const seen: string[] = [];
        const reading = async (): Promise<void> => {
          for await (const { phoneNumber } of client.vonage.listNumbers.all()) seen.push(phoneNumber);
        };
        const error = await thrown<TrunklineError>(reading());
        assert.deepEqual([seen, error.kind], [['+441', '+442'], kind], error.message);
        assert.match(error.message, message);
        assert.equal(asked(), 1);
      });
    }
    const html: Answering = (_, response) =>
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html>\n</html>\n');
    await pretended(make, html, async (client) => {
      const error = await thrown<TrunklineError>(client.vonage.listNumbers.all().next());
      assert.deepEqual([error.kind, error.status], ['provider_down', 502]);
    });
  });

  test(`items come before the list has ended, in pieces of any size, and no faster than they are read: ${name}`, async () => {
    let [written, open] = [0, true];
    const line = `{"item":{"country":"GB","phone_number":"Zoë ${'x'.repeat(1000)}"}}\n`;
    const endless: Answering = (_, response) => {
      response.writeHead(200).on('close', () => (open = false));
      const bytes = Buffer.from(line.repeat(20));
      const more = (): void => {
        // Between the two bytes of a letter, among other places.
        for (let at = 0; at < bytes.length; at += 501) written += bytes.subarray(at, at + 501).length;
        if (open && response.write(bytes)) setImmediate(more);
        else if (open) response.once('drain', more);
      };
      more();
    };
    await pretended(make, endless, async (client) => {
      const items = client.vonage.listNumbers.all();
      for (let count = 0; count < 50; count += 1) {
        const { value, done } = await items.next();
        assert.ok(!done && value.phoneNumber.startsWith('Zoë xxx'));
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
      assert.ok(written < 20e6, `${written} bytes are waiting`);
      await items.return?.();
      await eventually(() => !open);
    });
  });

  test(`a chunk may come in halves: ${name}`, { timeout: 20_000 }, async (context) => {
    const line = '{"item":{"country":"GB","phone_number":"+44"}}\n';
    const halves = createServer((socket) => {
      const text = `${line}${line}{"end":true}\n`;
      socket
        .on('error', () => {})
        .once('data', () => {
          const head = `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${text.length.toString(16)}\r\n`;
          socket.write(head + text.slice(0, line.length + 10));
          setTimeout(() => socket.write(`${text.slice(line.length + 10)}\r\n0\r\n\r\n`), 100);
        });
    });
    await new Promise<void>((resolve) => halves.listen(0, '127.0.0.1', resolve));
    context.after(() => halves.close());
    const client = make({ gateway: `http://127.0.0.1:${(halves.address() as AddressInfo).port}`, token: TOKEN });
    let count = 0;
    for await (const { phoneNumber } of client.vonage.listNumbers.all()) count += Number(phoneNumber === '+44');
    assert.equal(count, 2);
    client.close();
  });

  test(`a pause between items is no silence of the gateway: ${name}`, async () => {
    const line = '{"item":{"country":"GB","phone_number":"+44"}}\n';
    const slow: Answering = (_, response) => {
      response.writeHead(200).write(line.repeat(2));
      setTimeout(() => response.end(`${line}{"end":true}\n`), 200);
    };
    await pretended(make, slow, async (client) => {
      let count = 0;
      for await (const { country } of client.vonage.listNumbers.all({}, { timeoutMs: 1 })) {
        count += 1;
        // Longer than there is for the gateway.
        if (count === 2) await new Promise((resolve) => setTimeout(resolve, 2300));
        assert.equal(country, 'GB');
      }
      assert.equal(count, 3);
    });
    const hanging: Answering = (_, response) => response.writeHead(200).write(line);
    await pretended(make, hanging, async (client) => {
      const items = client.vonage.listNumbers.all({}, { timeoutMs: 1 });
      await items.next();
      assert.equal((await thrown<TrunklineError>(items.next())).kind, 'timed_out');
    });
  });

  test(`a purchase whose way back is cut is unknown here, and made once there: ${name}`, async (context) => {
    const sandbox = await servers.start();
    const { options } = await servers.gateway(sandbox);
    await sandbox.control('POST', 'faults', {
      kind: 'slow',
      provider: 'rentnumber',
      operation: 'POST /rent',
      delay_ms: 300,
    });
    const target = Number(new URL(options.gateway).port);
    let connections = 0;
    // It is cut once the provider has sold.
    const between = createServer((socket) => {
      connections += 1;
      const upstream = connect(target, '127.0.0.1');
      socket.on('error', () => {}).pipe(upstream);
      upstream.on('error', () => {}).pipe(socket);
      const watching = setInterval(() => {
        void sandbox.purchases('rentnumber').then((count) => {
          if (count === 0) return;
          clearInterval(watching);
          socket.destroy();
          upstream.destroy();
        });
      }, 20);
    });
    await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
    context.after(() => between.close());
    const url = `http://127.0.0.1:${(between.address() as AddressInfo).port}`;
    const client = make({ ...options, gateway: url });
    const error = await thrown<TrunklineError>(client.rentnumber.rent({ pricingId: 42 }, { attempts: 5 }));
    assert.equal(words(error), UNKNOWN, error.message);
    assert.equal(error.name, 'PurchaseUnknown');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    assert.deepEqual([await sandbox.purchases('rentnumber'), connections], [1, 1]);
    const [rental, ...more] = await make(options).rentnumber.listRentals();
    assert.ok(rental?.phoneNumber && more.length === 0, 'the gateway has finished it');
    client.close();
  });
}

test('what certainly never left is not_sent, a purchase too; fetch cannot know', async () => {
  const options = { gateway: 'http://127.0.0.1:1', token: TOKEN };
  const [read, rented] = [
    await thrown<TrunklineError>(makes.undici(options).rentnumber.getBalance()),
    await thrown<TrunklineError>(makes.undici(options).rentnumber.rent({ pricingId: 42 })),
  ];
  for (const error of [read, rented]) {
    assert.equal(words(error), 'unreachable not_sent');
    assert.match(error.message, /the gateway could not be asked: .*ECONNREFUSED/);
    assert.match(String(error.cause), /ECONNREFUSED/);
  }
  const unsure = await thrown<TrunklineError>(makes.fetched(options).rentnumber.rent({ pricingId: 42 }));
  assert.equal(words(unsure), UNKNOWN);
});
