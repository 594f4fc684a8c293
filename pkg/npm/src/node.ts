/** The package in Node.js. */

import { Client, type TrunklineOptions } from './client.js';
import { node } from './platform-node.js';

export * from './index.js';

/**
 * A client with accounts at the providers. Without any account they come from the environment,
 * `TRUNKLINE_<PROVIDER>_<SETTING>`.
 *
 * ```js
 * const client = new Trunkline({ rentnumber: { apiKey: 'rn_…' } });
 * const rental = await client.rentnumber.rent({ pricingId: 42 });
 * ```
 */
export class Trunkline extends Client {
  constructor(options: TrunklineOptions = {}) {
    super(options, node);
  }
}
