/** Loads modules in WebAssembly, from whatever they are given as. */

import type { WasmSource } from './platform.js';

/** What wasm-bindgen makes beside a module. */
type Start = (source: { module_or_path: WebAssembly.Module }) => Promise<unknown>;

const ADVICE = 'serve the file that comes with the package there, or pass its URL, bytes or WebAssembly.Module';

/** What is wrong, with what the runtime says of it. */
export type Problem = (message: string, cause?: { cause: unknown }) => Error;

async function fetched(url: string | URL, problem: Problem): Promise<Response> {
  try {
    return await fetch(url);
  } catch (cause) {
    throw problem(`it cannot be fetched from ${url}: ${ADVICE} as wasm`, { cause });
  }
}

async function bytesOf(response: Response, problem: Problem): Promise<BufferSource> {
  const where = response.url ? ` from ${response.url}` : '';
  if (!response.ok) throw problem(`it cannot be fetched${where}, status ${response.status}: ${ADVICE} as wasm`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes[0] !== 0 || bytes[1] !== 0x61 || bytes[2] !== 0x73 || bytes[3] !== 0x6d) {
    const type = response.headers.get('content-type') ?? 'no type';
    throw problem(`what comes${where} (${type}) is not WebAssembly: ${ADVICE} as wasm`);
  }
  return bytes;
}

async function compiled(given: Promise<WasmSource> | WasmSource, problem: Problem): Promise<WebAssembly.Module> {
  const source = await given;
  if (source instanceof WebAssembly.Module) return source;
  let bytes: BufferSource;
  if (typeof source === 'string' || source instanceof URL)
    bytes = await bytesOf(await fetched(source, problem), problem);
  else if (typeof Response !== 'undefined' && source instanceof Response) bytes = await bytesOf(source, problem);
  else if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) bytes = source as BufferSource;
  else throw problem(`wasm must be a URL, bytes, a Response or a WebAssembly.Module: ${ADVICE}`);
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw problem(`it cannot be compiled: ${ADVICE} of this version`, { cause });
  }
}

/** What is given, or the URL of what lies beside the script, where the runtime says where that is. */
function located(source: () => WasmSource, problem: Problem): WasmSource {
  try {
    return source();
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw problem('nothing here says where it is: pass its URL, bytes or WebAssembly.Module as wasm', { cause });
  }
}

/** Starts the module of that name once; again after it has failed. Its half in JavaScript costs time too, and comes late. */
export function once<T>(
  name: string,
  glue: () => Promise<T & { default: Start }>,
  unsupported: Problem,
): (source: () => WasmSource) => Promise<T> {
  const problem: Problem = (message, cause) => unsupported(`${name}: ${message}`, cause);
  let started: Promise<T> | undefined;
  const load = async (source: () => WasmSource): Promise<T> => {
    const [half, module] = [await glue(), await compiled(located(source, problem), problem)];
    await half.default({ module_or_path: module });
    return half;
  };
  return (source) => {
    started ??= load(source).catch((cause: unknown) => {
      started = undefined;
      throw cause;
    });
    return started;
  };
}
