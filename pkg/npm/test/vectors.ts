/** The vectors that every host runs: `tests/vectors/<provider>/<operation>.json`. */

import { readFileSync, readdirSync } from 'node:fs';

/** What goes over the wire, and what comes back or does not. */
export type Turn =
  | { send: { method: string; url: string; headers: Record<string, string>; body?: string } }
  | { receive: { status: number; headers?: Record<string, string>; body?: string } }
  | { fail: 'lost' | 'not_sent' };

/** One case of one operation. */
export interface Case {
  name: string;
  mode?: 'call' | 'all' | 'wait';
  input: Record<string, unknown>;
  /** Settings beside the usual ones; `null` takes one away. */
  config?: Record<string, unknown>;
  options?: { timeout?: number; attempts?: number; idempotency_key?: string };
  exchange?: Turn[];
  journal?: 'works' | 'fails';
  /** The result: the whole of it, or in mode `all` its items. */
  output?: unknown;
  error?: Record<string, unknown>;
}

export interface Vector {
  provider: string;
  /** In snake_case. */
  operation: string;
  cases: Case[];
}

// From `dist/test` and from `target/npm/installed/test`, where this runs.
const FOLDER = new URL('../../../../tests/vectors/', import.meta.url);

/** All of them. */
export function vectors(): Vector[] {
  return readdirSync(FOLDER).flatMap((provider) => {
    const folder = new URL(`${provider}/`, FOLDER);
    return readdirSync(folder).map((name) => {
      const { cases } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { cases: Case[] };
      return { provider, operation: name.replace('.json', ''), cases };
    });
  });
}
