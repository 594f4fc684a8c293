/** Single calls in a page. */

import { Trunkline, TrunklineError, type TrunklineOptions } from 'trunkline';

/** How a call ended, as far as it can leave the page. */
export interface Ended {
  value?: unknown;
  error?: { name: string; kind: string; delivery: string; message: string };
}

export interface Called {
  provider: string;
  operation: string;
  params?: object;
  options?: object;
}

/** Makes the calls, one after the other, with one client. */
export async function calls(options: TrunklineOptions, called: Called[]): Promise<Ended[]> {
  const client = new Trunkline(options);
  const ended: Ended[] = [];
  for (const { provider, operation, params, options: said } of called) {
    const namespace = Reflect.get(client, provider) as Record<string, (...given: unknown[]) => Promise<unknown>>;
    const call = namespace[operation]?.(params, said) as Promise<unknown>;
    ended.push(
      await call.then(
        (value) => ({ value: JSON.parse(JSON.stringify(value)) as unknown }),
        (error: unknown) => {
          if (!(error instanceof TrunklineError)) throw error;
          const { name, kind, delivery, message } = error;
          return { error: { name, kind, delivery, message } };
        },
      ),
    );
  }
  client.close();
  return ended;
}
