/** Operations, as functions: parameters down, result up. What there is, is generated. */

import type { Mode } from './binding.js';
import { Codec, called, refuse, type OperationTable, type Tables } from './codec.js';
import { camelCase } from './names.js';
import type { Answer, RawResponse } from './types.js';

/** One call of an operation. */
export interface Call {
  readonly mode: Mode;
  /** It has the time of a wait. */
  readonly waits: boolean;
  readonly operation: string;
  /** It spends money. */
  readonly spends: boolean;
  /** JSON. */
  readonly params: string;
  /** The reply is wanted as well. */
  readonly withReply: boolean;
}

/** What runs calls. Values are what the core's JSON says. */
export interface Caller {
  /** The reply where it is wanted. */
  run(call: Call, options: unknown): Promise<readonly [value: unknown, reply: RawResponse | undefined]>;
  items(call: Call, options: unknown): AsyncIterableIterator<unknown>;
}

type Function = (params?: unknown, options?: unknown) => unknown;

function decodedItems(
  items: AsyncIterableIterator<unknown>,
  decode: (value: unknown) => unknown,
): AsyncIterableIterator<unknown> {
  const decoded = ({ done, value }: IteratorResult<unknown>): IteratorResult<unknown> =>
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
  const { takes, gives, all, wait, mode: usual = 'call', follows = false, spends = false } = table;
  const encode = (params: unknown): string => {
    if (takes !== undefined) return JSON.stringify(codec.encode(takes, params ?? {}, id));
    if (params === undefined || params === null || (typeof params === 'object' && Object.keys(params).length === 0))
      return '{}';
    return refuse(
      { operation: id, path: '' },
      `it takes no parameters, and options come after them; it was given ${called(params)}`,
    );
  };
  const call = (mode: Mode, params: unknown, withReply = false): Call => {
    const waits = mode === 'wait' || (mode === 'all' && follows);
    return { mode, waits, operation: id, spends, params: encode(params), withReply };
  };
  const run = (mode: Mode) => async (params?: unknown, options?: unknown) =>
    codec.decode(gives, (await caller.run(call(mode, params), options))[0]);
  const withResponse = async (params?: unknown, options?: unknown): Promise<Answer<unknown>> => {
    const [value, reply] = await caller.run(call(usual, params, true), options);
    return { value: codec.decode(gives, value), response: reply as RawResponse };
  };
  const pages = (params?: unknown, options?: unknown): AsyncIterableIterator<unknown> =>
    decodedItems(caller.items(call('all', params), options), (value) => codec.decode(all as string, value));
  return Object.assign(run(usual), { withResponse, ...(wait && { wait: run('wait') }), ...(all && { all: pages }) });
}

/** The operations whose ids begin with this, each made when it is first used. */
export function operations(caller: Caller, prefix: string, { operations, types }: Tables): object {
  const codec = new Codec(types);
  const namespace = {};
  for (const [name, table] of Object.entries(operations)) {
    const key = camelCase(name);
    const get = (): Function => {
      const value = operation(caller, codec, `${prefix}.${name}`, table);
      Object.defineProperty(namespace, key, { value, enumerable: true });
      return value;
    };
    Object.defineProperty(namespace, key, { get, enumerable: true, configurable: true });
  }
  return namespace;
}
