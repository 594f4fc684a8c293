/** Loads modules in WebAssembly, from whatever they are given as. */

import { refused } from './failure.js';
import type { WasmSource } from './platform.js';

/** What wasm-bindgen makes beside a module. */
type Start = (source: { module_or_path: WebAssembly.Module }) => Promise<unknown>;

const ADVICE = 'serve the file that comes with the package there, or pass its URL, bytes or WebAssembly.Module';

function problem(message: string, cause?: unknown): Error {
  return refused('unsupported', message, cause === undefined ? undefined : { cause });
}

async function fetched(name: string, url: string | URL): Promise<Response> {
  try {
    return await fetch(url);
  } catch (cause) {
    throw problem(`${name} cannot be fetched from ${url}: ${ADVICE} as wasm`, cause);
  }
}

async function bytesOf(name: string, response: Response): Promise<BufferSource> {
  const where = response.url ? ` from ${response.url}` : '';
  if (!response.ok) throw problem(`${name} cannot be fetched${where}: status ${response.status}; ${ADVICE} as wasm`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes[0] !== 0 || bytes[1] !== 0x61 || bytes[2] !== 0x73 || bytes[3] !== 0x6d) {
    const type = response.headers.get('content-type') ?? 'no type';
    throw problem(`what comes${where} (${type}) is not WebAssembly: ${ADVICE} as wasm`);
  }
  return bytes;
}

async function compiled(name: string, given: WasmSource): Promise<WebAssembly.Module> {
  const source = await given;
  if (source instanceof WebAssembly.Module) return source;
  let bytes: BufferSource;
  if (typeof source === 'string' || source instanceof URL) bytes = await bytesOf(name, await fetched(name, source));
  else if (typeof Response !== 'undefined' && source instanceof Response) bytes = await bytesOf(name, source);
  else if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) bytes = source;
  else throw problem(`wasm must be a URL, bytes, a Response or a WebAssembly.Module: ${ADVICE}`);
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw problem(`${name} cannot be compiled: ${ADVICE} of this version`, cause);
  }
}

/** Starts a module once; again after it has failed. */
export function once<T>(name: string, start: Start, glue: T): (source: () => WasmSource) => Promise<T> {
  let started: Promise<T> | undefined;
  const load = async (source: () => WasmSource): Promise<T> => {
    await start({ module_or_path: await compiled(name, source()) });
    return glue;
  };
  return (source) => {
    started ??= load(source).catch((cause: unknown) => {
      started = undefined;
      throw cause;
    });
    return started;
  };
}
