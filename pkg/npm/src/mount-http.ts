/** A gateway's requests and answers as Node.js has them, and Express. */

import { Body as Pieces } from './carrier.js';
import type { Answering, Body, Reply } from './mount.js';

/** What is asked of an `IncomingMessage`. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** In Express: before it took the path off under which it mounts. */
  readonly originalUrl?: string | undefined;
  readonly rawHeaders: string[];
  readonly readableDidRead: boolean;
  on(event: string, listener: (...given: any[]) => void): unknown;
  removeListener(event: string, listener: (...given: any[]) => void): unknown;
  pause(): unknown;
}

/** What is asked of a `ServerResponse`. */
export interface NodeResponse {
  statusCode: number;
  readonly writableFinished: boolean;
  setHeader(name: string, value: string): unknown;
  write(chunk: string): boolean;
  end(chunk?: string): unknown;
  destroy(error?: Error): unknown;
  once(event: string, listener: () => void): unknown;
}

export async function answerNode(
  gateway: Answering,
  request: NodeRequest,
  response: NodeResponse,
  next: ((error?: unknown) => void) | undefined,
): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const { method = '', url = '', originalUrl = url, rawHeaders } = request;
  const head = { method, target: originalUrl, headers: rawHeaders };
  try {
    await send(await gateway.answer(head, (limit) => read(request, limit), gone.signal), response, gone.signal);
  } catch (problem) {
    // The program's own handling of errors goes first; without an answer a page must take a purchase for unknown.
    if (next) next(problem);
    else response.destroy(problem as Error);
  }
}

function read(request: NodeRequest, limit: number): Promise<Body> {
  if (request.readableDidRead) return Promise.resolve('used');
  return new Promise((resolve) => {
    const pieces = new Pieces(limit);
    const end = (body: Body): void => {
      request.removeListener('data', data);
      request.pause();
      resolve(body);
    };
    const data = (piece: Uint8Array): void => {
      if (!pieces.push(piece)) end(pieces.bytes());
    };
    request.on('data', data);
    request.on('end', () => end(pieces.bytes()));
    request.on('close', () => end('broken'));
    request.on('error', () => end('broken'));
  });
}

async function send({ status, headers, body }: Reply, response: NodeResponse, gone: AbortSignal): Promise<void> {
  response.statusCode = status;
  for (let at = 0; at + 1 < headers.length; at += 2)
    response.setHeader(headers[at] as string, headers[at + 1] as string);
  if (typeof body === 'string') return void (status === 204 ? response.end() : response.end(body));
  for await (const line of body) {
    if (gone.aborted) return;
    if (!response.write(line)) await drained(response, gone);
  }
  response.end();
}

function drained(response: NodeResponse, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    response.once('drain', resolve);
    gone.addEventListener('abort', () => resolve());
  });
}
