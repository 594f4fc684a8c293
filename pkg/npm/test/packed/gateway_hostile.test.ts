/** Requests that no client writes, at gateways of every kind. What gets through by a trick is seen at the provider. */

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, test } from 'node:test';
import { kinds } from './mounts.js';
import { TOKEN, type ServedGateway } from './server.js';
import { Servers } from './servers.js';

const servers = new Servers();
const open: ServedGateway[] = [];
after(() => {
  for (const gateway of open) gateway.close();
  servers.close();
});

/** A purchase, and a good one. */
const RENT = '{"operation":"rentnumber.rent","params":{"pricing_id":"42"}}';
const CHUNKED = `${RENT.length.toString(16)}\r\n${RENT}\r\n0\r\n\r\n`;
const GOOD = [
  'host: gateway',
  `authorization: Bearer ${TOKEN}`,
  'content-type: application/json',
  'connection: close',
].join('\r\n');

const request = (line: string, headers: string, body: string): string => `${line}\r\n${GOOD}\r\n${headers}\r\n${body}`;
const length = (body: string): string => `content-length: ${body.length}\r\n`;
const without = (name: string, more: string): string =>
  request('POST / HTTP/1.1', length(RENT) + more, RENT).replace(new RegExp(`${name}: .*\r\n`), '');

/** Sends bytes, and reads what comes back until it is closed, for two seconds at most. */
function raw(gateway: string, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(new URL(gateway).port), '127.0.0.1', () =>
      socket.write(Buffer.from(bytes, 'latin1')),
    );
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('data', (chunk) => (answer += chunk.toString('latin1'))).on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
}

const post = 'POST / HTTP/1.1';
const SECOND = request(post, length(RENT), RENT);
const ELSEWHERE = RENT.replace('rentnumber.rent', 'vonage.top_up');
const LONG = RENT + ' '.repeat(5000);
const CASES: Record<string, string> = {
  // Where does the body end?
  'both, length first': request(post, `${length(RENT)}transfer-encoding: chunked\r\n`, CHUNKED),
  'both, chunks first': request(post, `transfer-encoding: chunked\r\n${length(RENT)}`, CHUNKED),
  'a second request in what a length of 0 leaves': request(
    post,
    'content-length: 0\r\ntransfer-encoding: chunked\r\n',
    `0\r\n\r\n${SECOND}`,
  ),
  'chunks alone': request(post, 'transfer-encoding: chunked\r\n', CHUNKED),
  'unknown coding': request(post, `transfer-encoding: xchunked\r\n${length(RENT)}`, RENT),
  'two lengths': request(post, `content-length: 0\r\n${length(RENT)}`, RENT),
  'the same length twice': request(post, length(RENT) + length(RENT), RENT),
  'a list of lengths': request(post, `content-length: 0, ${RENT.length}\r\n`, RENT),
  'a negative length': request(post, 'content-length: -1\r\n', RENT),
  'a length with a sign': request(post, `content-length: +${RENT.length}\r\n`, RENT),
  'a body that is packed': request(post, `content-encoding: gzip\r\n${length(RENT)}`, RENT),
  'too long': request(post, length(LONG), LONG),
  'longer than it says, as another request': request(post, 'content-length: 2\r\n', `{}${SECOND}`),
  // Where does a header end?
  'a folded header': request(post, `x: 1\r\n authorization: y\r\n${length(RENT)}`, RENT).replace(
    '\r\n auth',
    '\r\n\tauth',
  ),
  'a space before the colon': request(post, `content-length : ${RENT.length}\r\n`, RENT),
  'a bare CR': request(post, `x: 1\rcontent-length: ${RENT.length}\r\n`, RENT),
  'a zero byte': request(post, `x: \0\r\n${length(RENT)}`, RENT),
  'giant headers': request(post, `x-padding: ${'a'.repeat(70_000)}\r\n${length(RENT)}`, RENT),
  // Where does it go?
  'two slashes': request('POST // HTTP/1.1', length(RENT), RENT),
  'a query': request('POST /?token=x HTTP/1.1', length(RENT), RENT),
  'up and down': request('POST /..%2f HTTP/1.1', length(RENT), RENT),
  'another method': request('CONNECT gateway:80 HTTP/1.1', length(RENT), RENT),
  PUT: request('PUT / HTTP/1.1', length(RENT), RENT),
  'another version': request('POST / HTTP/3.0', length(RENT), RENT),
  'not HTTP': '\x16\x03\x01\x02\x00\x01\x00\x01',
  // Who asks?
  'no token': without('authorization', ''),
  'another token': without('authorization', 'authorization: Bearer a-token-of-the-gateway-0123456788\r\n'),
  'a token of another scheme': without('authorization', `authorization: Basic ${TOKEN}\r\n`),
  'two tokens': request(post, `authorization: Bearer x\r\n${length(RENT)}`, RENT),
  'the token twice': request(post, `authorization: Bearer ${TOKEN}\r\n${length(RENT)}`, RENT),
  'two types': request(post, `content-type: text/plain\r\n${length(RENT)}`, RENT),
  'the type of a form': without('content-type', 'content-type: text/plain\r\n'),
  'two hosts': request(post, `host: evil.example\r\n${length(RENT)}`, RENT),
  'another origin': request(post, `origin: https://evil.example\r\n${length(RENT)}`, RENT),
  'no origin of its own': request(post, `origin: null\r\n${length(RENT)}`, RENT),
  'two origins': request(
    post,
    `origin: https://app.example.com\r\norigin: https://evil.example\r\n${length(RENT)}`,
    RENT,
  ),
  // What is asked?
  'an operation that is not listed': request(post, length(ELSEWHERE), ELSEWHERE),
};
/** What a server lets pass, and why nobody is harmed by it. Elsewhere it is refused. */
const HARMLESS: Record<string, string[]> = {
  // The standard lets a server take the same length twice for one.
  'trunkline gateway': ['the same length twice'],
  http: [],
  express: [],
  // A Request of fetch has both in one value, at which nobody looks.
  hono: ['two hosts'],
};

for (const [name, start] of Object.entries(kinds(servers))) {
  test(`nothing gets through by a trick, and every refusal hides the token: ${name}`, async () => {
    const sandbox = await servers.start();
    const policy = {
      path: '/',
      operations: ['rentnumber.*', 'rentnumber.rent'],
      origins: ['https://app.example.com'],
      bodyLimit: 4096,
    };
    const gateway = await start(sandbox, policy);
    open.push(gateway);
    const { gateway: url } = gateway.options;
    const seen = await Promise.all(
      Object.entries(CASES).map(async ([what, bytes]) => [what, await raw(url, bytes)] as const),
    );
    for (const [what, answer] of seen) {
      const refused = answer === '' || answer.split(' ', 2)[1]?.startsWith('4');
      const known = HARMLESS[name]?.includes(what) ?? false;
      assert.equal(refused, !known, `${what}: ${answer}`);
      assert.ok((answer.match(/HTTP\/1\./g) ?? []).length <= 1, `${what}: ${answer}`);
      assert.ok(!answer.includes(TOKEN), what);
    }
    const passed = HARMLESS[name]?.length ?? 0;
    assert.equal(await sandbox.purchases('rentnumber'), passed);
    // It was not for another reason.
    const good = await raw(url, SECOND);
    assert.match(good, / 200 OK\r\n[^]*"value"/);
    assert.equal(await sandbox.purchases('rentnumber'), passed + 1);
  });
}
