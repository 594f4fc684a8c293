/** Gateways of every kind: `trunkline gateway`, and those mounted in servers of this process. */

import { createServer, type RequestListener } from 'node:http';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { Trunkline, type TrunklineOptions } from 'trunkline';
import { gateway, type Gateway, type Policy } from 'trunkline/gateway';
import type * as Mounting from 'trunkline/gateway';
import { web } from './hosts.js';
import { JOBS } from './jobs.js';
import { TOKEN, type ServedGateway, type Server } from './server.js';
import type { Servers } from './servers.js';

const require = createRequire(import.meta.url);
const tools = createRequire(new URL('../../../../../pkg/npm/package.json', import.meta.url));
const entry = new URL('../esm/mount-web.js', pathToFileURL(require.resolve('trunkline')));
/** What workers, Deno, Bun and edge runtimes get. */
export const webMount = (await import(entry.href)) as typeof Mounting;
export const wasm = readFileSync(require.resolve('trunkline/gateway.wasm'));

interface Hono {
  all(path: string, handler: (context: { req: { raw: Request } }) => Promise<Response>): void;
  fetch(request: Request): Response | Promise<Response>;
}
const hono = tools('hono') as { Hono: new () => Hono };
const { getRequestListener } = tools('@hono/node-server') as {
  getRequestListener(fetch: Hono['fetch']): RequestListener;
};
const express = tools('express') as () => RequestListener & { all(path: string, handler: Gateway['node']): void };

/** Everything may be run, unless the policy says otherwise. */
export function policyOf(policy: Partial<Policy> = {}): Policy {
  return { tokens: [TOKEN], operations: Object.keys(JOBS), maxPurchases: 1000, ...policy };
}

/** A gateway in a server of this process, and the gateway itself. */
export interface Mounted extends ServedGateway {
  readonly mounted: Gateway;
  readonly port: number;
}

async function served(listener: RequestListener, mounted: Gateway, path: string): Promise<Mounted> {
  await mounted.ready;
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { options: { gateway: `http://127.0.0.1:${port}${path}`, token: TOKEN }, mounted, port, close };
}

type Mount = (accounts: TrunklineOptions, policy?: Partial<Policy>) => Promise<Mounted>;

export const mounts: Readonly<Record<'http' | 'express' | 'hono', Mount>> = {
  http(accounts, policy) {
    const mounted = gateway(new Trunkline(accounts), policyOf(policy));
    return served((request, response) => void mounted.node(request, response), mounted, '/');
  },
  express(accounts, policy) {
    const mounted = gateway(new Trunkline(accounts), policyOf({ path: '/gateway', ...policy }));
    const app = express();
    const path = policy?.path ?? '/gateway';
    app.all(path, mounted.node);
    return served(app, mounted, path);
  },
  hono(accounts, policy) {
    const client = new web.Trunkline(accounts) as Trunkline;
    const mounted = webMount.gateway(client, policyOf(policy), { wasm });
    const app = new hono.Hono();
    app.all('*', ({ req }) => mounted(req.raw));
    return served(
      getRequestListener((request) => app.fetch(request)),
      mounted,
      '/',
    );
  },
};

/** How each kind is made before a sandbox. */
export type Kind = (server: Server, policy?: Partial<Policy>) => Promise<ServedGateway>;

export function kinds(servers: Servers): Readonly<Record<string, Kind>> {
  const snakeCase = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const mounted = Object.entries(mounts).map(([name, mount]) => {
    const kind: Kind = (server, policy) => mount(server.accounts, policy);
    return [name, kind] as const;
  });
  return {
    'trunkline gateway': (server, policy = {}) =>
      servers.gateway(
        server,
        Object.fromEntries(Object.entries(policy).map(([name, value]) => [snakeCase(name), value])),
      ),
    ...Object.fromEntries(mounted),
  };
}
