/** What every entry of the package gives, but for the client itself. */

export { TrunklineError } from './error.js';
export * from './generated/index.js';
export type { Hooks, ReplyEvent, RequestEvent, RetryEvent, WaitEvent } from './hooks.js';
export { NotRecorded, type Journal } from './journal.js';
export type { WasmSource } from './platform.js';
export type { RawOptions } from './request.js';
export { Lost, NotSent, type Transport, type TransportRequest, type TransportResponse } from './transport.js';
export * from './types.js';
export type { TrunklineOptions } from './client.js';
