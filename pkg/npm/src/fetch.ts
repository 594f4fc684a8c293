/**
 * HTTP by fetch, without cookies, cache or referrer. A browser says too little of what went wrong to prove that a request
 * was not sent: nothing here is `not_sent`. Of a reply from another origin it shows the headers that the provider exposes;
 * of a redirect, nothing.
 */

import { Body, headerFromBytes, headerToBytes, type Carrier, type Exchange, type Outcome } from './carrier.js';

/** What a browser says, without the URL, which may hold credentials and which some browsers quote. */
export function withoutUrls(message: string): string {
  return message.replace(/\S*:\/\/\S*/g, '(URL)');
}

interface Deno {
  createHttpClient?(options: { poolMaxIdlePerHost: number; http2: boolean }): { close(): void };
}

/**
 * Deno sends a request again, whatever it is, where a connection that it has kept ends without an answer: a purchase
 * would be made twice. From this client each request gets a connection of its own.
 */
function withoutKeptConnections(): { close(): void } | undefined {
  const { Deno } = globalThis as { Deno?: Deno };
  return Deno?.createHttpClient?.({ poolMaxIdlePerHost: 0, http2: false });
}

function settings(): RequestInit {
  // It has neither cookies nor a referrer, and refuses to be told to leave them out.
  if (globalThis.navigator?.userAgent === 'Cloudflare-Workers') return { redirect: 'manual' };
  return { redirect: 'manual', cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' };
}

function headersOf(flat: readonly string[]): Headers {
  const headers = new Headers();
  for (let at = 0; at + 1 < flat.length; at += 2) {
    const [name, value] = [flat[at] as string, flat[at + 1] as string];
    try {
      headers.append(name, headerToBytes(value));
    } catch {
      // What the browser says of a value that it refuses quotes it.
      throw new Error(`the browser refuses the header ${name}`);
    }
  }
  return headers;
}

async function read({ body, status }: Response, { bodyLimit, take }: Exchange): Promise<Uint8Array> {
  const read = new Body(bodyLimit);
  const reader = body?.getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    if (take && status === 200) await take(value);
    else if (!read.push(value)) break;
  }
  return read.bytes();
}

async function exchange(request: Exchange, more: RequestInit): Promise<Outcome> {
  const { method, url, headers, body } = request;
  const sent: RequestInit = { ...settings(), ...more, method, headers: headersOf(headers) };
  // As bytes: a text would bring a content type of its own.
  if (body.length > 0) sent.body = body as Uint8Array<ArrayBuffer>;
  const reply = await fetch(url, sent);
  if (reply.status === 0) {
    return { kind: 'lost', why: 'redirected, and the browser does not say how or where to' };
  }
  const got: string[] = [];
  reply.headers.forEach((value, name) => got.push(name, headerFromBytes(value)));
  return { kind: 'answered', status: reply.status, headers: got, body: await read(reply, request) };
}

function failure(thrown: unknown): Outcome {
  const why = thrown instanceof Error ? withoutUrls(thrown.message) : 'the browser does not say why';
  return { kind: 'lost', why };
}

export class Fetch implements Carrier {
  readonly #client = withoutKeptConnections();

  start(request: Exchange, ended: (outcome: Outcome) => void): () => void {
    const abort = new AbortController();
    const more = { signal: abort.signal, ...(this.#client && { client: this.#client }) };
    void exchange(request, more)
      .catch(failure)
      .then((outcome) => {
        ended(outcome);
        // What is left of a body that is too long.
        abort.abort();
      });
    return () => abort.abort();
  }

  close(): void {
    // Other connections are the runtime's.
    this.#client?.close();
  }
}
