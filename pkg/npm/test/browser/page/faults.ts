/** The table of faults in a page, by its own fetch. */

import { Trunkline, TrunklineError } from 'trunkline';
import { faultTable, type FaultTable, type Promises, type Runtime } from '../../packed/fault_table.js';
import { Server, type Announced } from '../../packed/server.js';

// What the test lends the page.
declare const startSandbox: (settings: object) => Promise<Announced & { number: number }>;
declare const endSandbox: (number: number) => Promise<void>;

const ask = async (method: string, url: string, body: string): Promise<string> =>
  (await fetch(url, { method, body: method === 'GET' ? null : body })).text();

/** Every property of everything within, hidden ones too, as a debugger shows them. */
function print(value: unknown): string[] {
  const seen = new Set<unknown>();
  const walk = (inner: unknown): string => {
    if (typeof inner !== 'object' || inner === null || seen.has(inner)) return String(inner);
    seen.add(inner);
    return Reflect.ownKeys(inner)
      .map((name) => `${String(name)}: ${walk(Reflect.get(inner, name))}`)
      .join('\n');
  };
  return [walk(value)];
}

const direct: Runtime = {
  make: (options) => new Trunkline(options),
  isOurs: (error): error is TrunklineError => error instanceof TrunklineError,
  print,
  async start(settings) {
    const announced = await startSandbox(settings);
    return new Server(announced, ask, () => void endSandbox(announced.number));
  },
};

export const table = (promises: Promises): Promise<FaultTable> => faultTable(promises, direct);
