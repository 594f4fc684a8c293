/** A server of this process, and accounts that lead to it. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TrunklineOptions } from 'trunkline';

export const KEY = 'rn_hunter2_key';

export interface Served {
  url: string;
  /** RentNumber, there. */
  account: TrunklineOptions;
  requests: IncomingMessage[];
}

/** Serves while the work lasts. */
export async function serving(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  work: (served: Served) => Promise<void>,
): Promise<void> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    request.resume();
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await work({ url, account: { rentnumber: { apiKey: KEY, baseUrl: url, rateLimit: 'none' } }, requests });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

export function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

export const BALANCE = { success: true, balance: 450 };

/** What a promise is rejected with. */
export async function thrown<T = Error>(promise: Promise<unknown>): Promise<T> {
  const value = await promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in value) return value.error as T;
  throw new Error(`it gave ${JSON.stringify(value.value)}`);
}

/** Until it is so, for a second at most. */
export async function eventually(so: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !so(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  if (!so()) throw new Error('it has not come to pass within a second');
}
