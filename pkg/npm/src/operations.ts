/** A provider's operations, as functions: parameters down, result up. What there is, is generated. */

import type { Mode, ReplyParts } from './binding.js';
import { Codec, called, refuse, type OperationTable, type Tables } from './codec.js';
import { camelCase } from './names.js';
import type { Answer, RawResponse } from './types.js';

/** What runs calls. */
export interface Caller {
  run(mode: Mode, operation: string, params: string, options: unknown): Promise<readonly [json: string, reply: ReplyParts]>;
  items(operation: string, params: string, options: unknown): AsyncIterableIterator<string>;
  reply(parts: ReplyParts): RawResponse;
}

type Function = (params?: unknown, options?: unknown) => unknown;

function decodedItems(items: AsyncIterableIterator<string>, decode: (json: string) => unknown): AsyncIterableIterator<unknown> {
  const decoded = ({ done, value }: IteratorResult<string>): IteratorResult<unknown> =>
    done ? { done, value: undefined } : { done: false, value: decode(value) };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => items.next().then(decoded),
    return: () => (items.return?.() ?? Promise.resolve({ done: true as const, value: undefined })).then(decoded),
  };
}

function operation(caller: Caller, codec: Codec, id: string, table: OperationTable): Function {
  const { takes, gives, all, wait } = table;
  const encode = (params: unknown): string => {
    if (takes !== undefined) return JSON.stringify(codec.encode(takes, params ?? {}, id));
    if (params === undefined || params === null || (typeof params === 'object' && Object.keys(params).length === 0)) return '{}';
    return refuse({ operation: id, path: '' }, `it takes no parameters, and options come after them; it was given ${called(params)}`);
  };
  const result = (json: string): unknown => codec.decode(gives, JSON.parse(json));
  const run = (mode: Mode) => async (params?: unknown, options?: unknown) =>
    result((await caller.run(mode, id, encode(params), options))[0]);
  const withResponse = async (params?: unknown, options?: unknown): Promise<Answer<unknown>> => {
    const [json, reply] = await caller.run('call', id, encode(params), options);
    return { value: result(json), response: caller.reply(reply) };
  };
  const pages = (params?: unknown, options?: unknown): AsyncIterableIterator<unknown> =>
    decodedItems(caller.items(id, encode(params), options), (json) => codec.decode(all as string, JSON.parse(json)));
  return Object.assign(run('call'), { withResponse, ...(wait && { wait: run('wait') }), ...(all && { all: pages }) });
}

/** The operations of one provider, each made when it is first used. */
export function operations(caller: Caller, provider: string, { operations, types }: Tables): object {
  const codec = new Codec(types);
  const namespace = {};
  for (const [name, table] of Object.entries(operations)) {
    const key = camelCase(name);
    const get = (): Function => {
      const value = operation(caller, codec, `${provider}.${name}`, table);
      Object.defineProperty(namespace, key, { value, enumerable: true });
      return value;
    };
    Object.defineProperty(namespace, key, { get, enumerable: true, configurable: true });
  }
  return namespace;
}
