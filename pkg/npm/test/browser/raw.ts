/** A server in bytes, for what servers in HTTP do not let one do; pages of every origin may read it. */

import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { after } from 'node:test';

/** One request, and the connection that it came on. */
export interface Seen {
  method: string;
  path: string;
  /** In small letters, with their values as they came. */
  headers: Record<string, string>;
  body: string;
  /** Counted from 1. */
  connection: number;
}

const OPEN = 'access-control-allow-origin: *\r\naccess-control-allow-headers: *, authorization\r\n';

export interface Reply {
  status?: number;
  headers?: string;
  body?: string;
}

/** What is answered; or how it is not: a server that dies closes the connection. */
export type Answer = (seen: Seen) => Reply | 'silence' | 'death';

function parsed(head: string, connection: number): Seen {
  const [first = '', ...lines] = head.split('\r\n');
  const [method = '', path = ''] = first.split(' ');
  const headers = lines.map((line) => [line.split(':', 1)[0]?.toLowerCase(), line.replace(/^[^:]*: */, '')]);
  return { method, path, headers: Object.fromEntries(headers) as Record<string, string>, body: '', connection };
}

/** Serves until the tests are over; `headers` go with every answer. What browsers ask beforehand is not told. */
export async function raw(answer: Answer, headers = ''): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const answered = (socket: Socket, request: Seen): void => {
    if (request.method !== 'OPTIONS') seen.push(request);
    const reply = request.method === 'OPTIONS' ? { status: 204 } : answer(request);
    if (reply === 'death') socket.destroy();
    if (reply === 'silence' || reply === 'death') return;
    const { status = 200, body = '' } = reply;
    const length = status === 204 ? '' : `content-length: ${Buffer.byteLength(body)}\r\n`;
    socket.write(`HTTP/1.1 ${status} It is\r\n${OPEN}${length}${headers}${reply.headers ?? ''}\r\n${body}`);
    if (/connection: close/.test(headers)) socket.end();
  };
  const server = createServer((socket) => {
    const connection = (connections += 1);
    let unread = '';
    sockets.add(socket);
    socket.setEncoding('latin1').on('error', () => {});
    socket.on('data', (data: string) => {
      unread += data;
      for (;;) {
        const end = unread.indexOf('\r\n\r\n');
        if (end < 0) return;
        const request = parsed(unread.slice(0, end), connection);
        const whole = end + 4 + Number(request.headers['content-length'] ?? 0);
        if (unread.length < whole) return;
        request.body = unread.slice(end + 4, whole);
        unread = unread.slice(whole);
        answered(socket, request);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}
