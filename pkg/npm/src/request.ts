/** What `client.request` takes. */

import { called, refuse } from './codec.js';
import type { Bytes, KeyedCallOptions } from './types.js';

/** What may be said of a request that no operation covers. */
export interface RawOptions extends KeyedCallOptions {
  /** Not yet escaped. */
  query?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** A body that is to be sent as JSON. */
  json?: unknown;
  /** Any other body, with its `contentType`. */
  body?: Bytes | string | undefined;
  contentType?: string | undefined;
}

/** Names and values in a row. */
export function rawQuery({ query }: RawOptions): string[] {
  if (query === undefined || query === null) return [];
  if (typeof query !== 'object') refuse({ operation: 'request', path: 'query' }, `it must be an object, and is ${called(query)}`);
  return Object.entries(query).flatMap(([name, value]) => [name, String(value)]);
}

/** Its type, where there is one, and its bytes. */
export function rawBody({ json, body, contentType }: RawOptions): [contentType: string | undefined, body: Uint8Array] {
  const place = { operation: 'request', path: 'body' };
  if (json !== undefined) {
    if (body !== undefined) refuse(place, 'give json or body, not both');
    return ['application/json', new TextEncoder().encode(JSON.stringify(json))];
  }
  if (body === undefined || body === null) return [undefined, new Uint8Array()];
  if (typeof contentType !== 'string') return refuse({ ...place, path: 'contentType' }, 'a body needs it');
  if (typeof body === 'string') return [contentType, new TextEncoder().encode(body)];
  if (body instanceof Uint8Array) return [contentType, body];
  return refuse(place, `it must be a Uint8Array or a string, and is ${called(body)}`);
}
