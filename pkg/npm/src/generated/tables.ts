// Generated from the core's registry by `cargo xtask generate`. Changes here are lost.

import type { Tables } from '../codec.js';
import { tables as tempnumber } from './tempnumber.js';
import { tables as rentnumber } from './rentnumber.js';
import { tables as sinch } from './sinch.js';
import { tables as voepy } from './voepy.js';
import { tables as vonage } from './vonage.js';
import type { Providers } from './index.js';

/** Every provider's tables, by its name. */
export const tables: Readonly<Record<keyof Providers, Tables>> = { tempnumber, rentnumber, sinch, voepy, vonage };

/** How long calls may take unless it is said, in milliseconds. */
export const timeouts = { call: 30000, purchase: 90000, wait: 300000 };
