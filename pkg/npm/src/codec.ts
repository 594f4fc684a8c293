/**
 * Between JSON as the core has it (snake_case, times and bytes as text) and values as programs want them (camelCase,
 * `Date`, `Uint8Array`, `Secret`). What there is to convert is generated data; this walks it.
 */

import { InvalidInput } from './generated/errors.js';
import { camelCase } from './names.js';
import { Secret } from './types.js';

/**
 * Records by name, each with its fields in a row: `pricing_id!:id callback_url~ features:text[]`. After a field's name
 * comes `!` where a parameter must be given, `~` where `null` takes its value away; after the colon its shape, which is
 * `text` unless it is said. A shape is one of the leaves below, the name of a record, `shape[]` for a list, or
 * `Page<shape>`.
 */
export type Types = Readonly<Record<string, string>>;

/** One operation: the record of its parameters where it has any, the shape of its result, and what it can do. */
export interface OperationTable {
  readonly takes?: string;
  readonly gives: string;
  /** The shape of what is on its pages, or of the parts that its result comes in, where it does. */
  readonly all?: string;
  /** It can be waited for. */
  readonly wait?: true;
  /** How it is called, where it is a wait by itself. */
  readonly mode?: 'wait';
  /** Its parts go on coming, as long as a wait may take. */
  readonly follows?: true;
  /** It spends money. */
  readonly spends?: true;
}

/** What is generated of one provider, or of all as one. */
export interface Tables {
  /** By name, in snake_case. */
  readonly operations: Readonly<Record<string, OperationTable>>;
  readonly types: Types;
}

/** Where a value is, for errors. */
export interface Place {
  operation: string;
  path: string;
}

interface Shape {
  decode(value: unknown): unknown;
  /** Throws what says how the value must be. */
  encode(value: unknown, place: Place): unknown;
}

interface Field {
  wire: string;
  name: string;
  required: boolean;
  clearable: boolean;
  shape: Shape;
}

/** Throws `InvalidInput`. */
export function refuse({ operation, path }: Place, problem: string): never {
  const message = path ? `${path}: ${problem}` : problem;
  throw new InvalidInput({
    kind: 'invalid_input',
    delivery: 'not_sent',
    operation,
    message,
    ...(path && { field: path }),
    attempts: 0,
  });
}

/** What somebody who passed it would call it. */
export function called(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return value.constructor?.name ?? 'an object';
  return typeof value === 'number' ? `the number ${value}` : `a ${typeof value}`;
}

const asItIs = (value: unknown): unknown => value;

/** A shape that is in JSON what it is here, where it passes the test. */
function plain(what: string, test: (value: unknown) => boolean): Shape {
  return {
    decode: asItIs,
    encode: (value, place) => (test(value) ? value : refuse(place, `it must be ${what}, and is ${called(value)}`)),
  };
}

const leaves: Readonly<Record<string, Shape>> = {
  text: plain('a string', (value) => typeof value === 'string'),
  int: { decode: asItIs, encode: encodeInteger },
  bool: plain('true or false', (value) => typeof value === 'boolean'),
  money: plain(
    'an amount of money, as { amount: "450.00", currency: "NGN" }',
    (value) => typeof value === 'object' && value !== null && typeof Reflect.get(value, 'amount') === 'string',
  ),
  native: plain('an object', (value) => typeof value === 'object' && value !== null && !Array.isArray(value)),
  id: { decode: asItIs, encode: encodeId },
  secret: { decode: (value) => new Secret(value as string), encode: encodeSecret },
  date: { decode: decodeDate, encode: encodeDate },
  bytes: { decode: decodeBytes, encode: encodeBytes },
};

/** Also as text: at Vonage a page's `next` is the `index` of the one after it. */
function encodeInteger(value: unknown, place: Place): number {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (Number.isSafeInteger(number)) return number as number;
  return refuse(place, `it must be a whole number, and is ${called(value)}`);
}

function encodeId(value: unknown, place: Place): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return String(value);
  if (Number.isInteger(value)) return refuse(place, 'the number is too long to be exact: write it as a string');
  return refuse(place, `it must be an id, as a string or a whole number, and is ${called(value)}`);
}

function encodeSecret(value: unknown, place: Place): string {
  if (value instanceof Secret) return value.expose();
  // What it is may be the secret in another type, so that it is not said.
  return typeof value === 'string' ? value : refuse(place, 'it must be a string or a Secret');
}

/** The core writes up to nine digits of a second, of which a `Date` holds three, and not every engine reads more. */
function decodeDate(value: unknown): Date {
  const text = value as string;
  return new Date(text.length > 24 ? `${text.slice(0, 23)}Z` : text);
}

/** As the core writes it: no digits of a second where they are zero. */
function encodeDate(value: unknown, place: Place): string {
  if (!(value instanceof Date)) return refuse(place, `it must be a Date, and is ${called(value)}`);
  if (Number.isNaN(value.getTime())) return refuse(place, 'the Date is invalid');
  return value.toISOString().replace('.000Z', 'Z');
}

function decodeBytes(value: unknown): Uint8Array {
  return Uint8Array.from(atob(value as string), (character) => character.charCodeAt(0));
}

function encodeBytes(value: unknown, place: Place): string {
  if (!(value instanceof Uint8Array)) return refuse(place, `it must be a Uint8Array, and is ${called(value)}`);
  let text = '';
  // In parts: an engine takes only so many arguments at a time.
  for (let at = 0; at < value.length; at += 8192) text += String.fromCharCode(...value.subarray(at, at + 8192));
  return btoa(text);
}

function list(item: Shape): Shape {
  return {
    decode: item.decode === asItIs ? asItIs : (value) => (value as unknown[]).map(item.decode),
    encode(value, { operation, path }) {
      if (!Array.isArray(value)) return refuse({ operation, path }, `it must be a list, and is ${called(value)}`);
      return value.map((entry, index) => item.encode(entry, { operation, path: `${path}[${index}]` }));
    },
  };
}

function record(fields: readonly Field[]): Shape {
  return {
    decode(value) {
      const source = value as Record<string, unknown>;
      const decoded: Record<string, unknown> = {};
      for (const { wire, name, shape } of fields) {
        const field = source[wire];
        decoded[name] = field === null || field === undefined ? null : shape.decode(field);
      }
      return decoded;
    },
    encode(value, place) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return refuse(place, `it must be an object, and is ${called(value)}`);
      }
      const source = value as Record<string, unknown>;
      const unknown = Object.keys(source).find((key) => !fields.some(({ name }) => name === key));
      if (unknown !== undefined) return refuse(inside(place, unknown), notThere(fields));
      const encoded: Record<string, unknown> = {};
      for (const field of fields) encodeField(field, source[field.name], inside(place, field.name), encoded);
      return encoded;
    },
  };
}

function encodeField(field: Field, value: unknown, place: Place, into: Record<string, unknown>): void {
  if (value === undefined || value === null) {
    if (field.required) refuse(place, 'it is required');
    // Where nothing can be taken away the core reads null as nothing.
    if (value === null) into[field.wire] = null;
  } else {
    into[field.wire] = field.shape.encode(value, place);
  }
}

function inside({ operation, path }: Place, name: string): Place {
  return { operation, path: path ? `${path}.${name}` : name };
}

function notThere(fields: readonly Field[]): string {
  const names = fields.map(({ name }) => name).join(', ');
  return names ? `there is no such field; there are: ${names}` : 'there is no such field, nor any other';
}

const FIELD = /^(\w+)(!?)(~?):?(.*)$/;

/** Converts the values of one provider. */
export class Codec {
  readonly #types: Types;
  /** Made when they are first needed: a program uses few of them. */
  readonly #shapes = new Map<string, Shape>();

  constructor(types: Types) {
    this.#types = types;
  }

  /** A value of that shape, from JSON that the core wrote. */
  decode(shape: string, json: unknown): unknown {
    return this.#shape(shape).decode(json);
  }

  /** JSON for the core. Throws `InvalidInput`, as of that operation, where the value is not of that shape. */
  encode(shape: string, value: unknown, operation: string, path = ''): unknown {
    return this.#shape(shape).encode(value, { operation, path });
  }

  #shape(name: string): Shape {
    let shape = leaves[name] ?? this.#shapes.get(name);
    if (!shape) {
      shape = this.#make(name);
      this.#shapes.set(name, shape);
    }
    return shape;
  }

  #make(name: string): Shape {
    if (name.endsWith('[]')) return list(this.#shape(name.slice(0, -2)));
    const item = /^Page<(.*)>$/.exec(name)?.[1];
    const fields = item === undefined ? this.#types[name] : `items:${item}[] next total:int`;
    if (fields === undefined) throw new Error(`no type is called ${name}; a defect of the library`);
    return record(
      fields
        .split(' ')
        .filter(Boolean)
        .map((field) => this.#field(field)),
    );
  }

  #field(text: string): Field {
    const [, wire = '', required, clearable, shape] = FIELD.exec(text) ?? [];
    return {
      wire,
      name: camelCase(wire),
      required: required === '!',
      clearable: clearable === '~',
      shape: this.#shape(shape || 'text'),
    };
  }
}
