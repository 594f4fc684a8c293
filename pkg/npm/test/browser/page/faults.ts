/** The table of faults in a page: by its own fetch to the providers, and through a gateway. */

import { Trunkline, TrunklineError } from 'trunkline';
import { faultTable, type FaultTable, type Place, type Promises } from '../../packed/fault_table.js';
import { gatewayBefore, Server, type Served } from '../../packed/server.js';

// What the test lends the page.
declare const serve: (what: object) => Promise<Served>;
declare const end: (number: number) => Promise<void>;

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

async function direct(settings: object): Promise<Place> {
  const served = await serve(settings);
  const server = new Server(served, ask, () => void end(served.number));
  return { server, options: server.accounts, close: server.close };
}

async function behind(settings: object): Promise<Place> {
  const { server, close } = await direct(settings);
  const { asked, options } = gatewayBefore(server, { origins: [location.origin] });
  const gateway = await serve(asked);
  return { server, options: options(gateway.url), close: () => (void end(gateway.number), close()) };
}

const starts = { direct, behind };

export const table = (promises: Promises, way: keyof typeof starts): Promise<FaultTable> =>
  faultTable(promises, {
    make: (options) => new Trunkline(options),
    isOurs: (error): error is TrunklineError => error instanceof TrunklineError,
    print,
    start: starts[way],
  });
