/** A gateway's requests and answers as web standards have them. */

import { Body as Pieces } from './carrier.js';
import type { Answering, Body, Reply } from './mount.js';
import { pairs } from './reply.js';

export async function answerFetch(gateway: Answering, request: Request): Promise<Response> {
  const { method, url, signal } = request;
  const headers: string[] = [];
  request.headers.forEach((value, name) => headers.push(name, value));
  const slash = url.indexOf('/', url.indexOf('://') + 3);
  const head = { method, target: slash < 0 ? '/' : url.slice(slash), headers };
  return response(await gateway.answer(head, (limit) => read(request, limit), signal));
}

async function read(request: Request, limit: number): Promise<Body> {
  if (request.bodyUsed) return 'used';
  const pieces = new Pieces(limit);
  try {
    const reader = request.body?.getReader();
    while (reader) {
      const { done, value } = await reader.read();
      if (done || !pieces.push(value)) break;
    }
  } catch {
    return 'broken';
  }
  return pieces.bytes();
}

function response({ status, headers, body }: Reply): Response {
  const sent = typeof body === 'string' ? body : stream(body);
  return new Response(status === 204 ? null : sent, { status, headers: pairs(headers) });
}

function stream(lines: AsyncGenerator<string, unknown>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
}
