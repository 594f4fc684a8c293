/** The package in browsers, workers, Deno, Bun and edge runtimes. */

import { Client, type TrunklineOptions } from './client.js';
import { web } from './platform-web.js';

export * from './index.js';

/**
 * A client with accounts at the providers. Keys do not belong in a web page. Without any account they come from the
 * environment, where there is one: `TRUNKLINE_<PROVIDER>_<SETTING>`.
 *
 * ```js
 * const client = new Trunkline({ rentnumber: { apiKey: 'rn_…' } });
 * const rental = await client.rentnumber.rent({ pricingId: 42 });
 * ```
 */
export class Trunkline extends Client {
  constructor(options: TrunklineOptions = {}) {
    super(options, web);
  }
}
