/** Plays vectors in a page. */

import { play, type Played } from '../../packed/play.js';
import type { Vector } from '../../vectors.js';

const randomness = { of: crypto, by: 'getRandomValues' };

export const played = (vectors: Vector[]): Promise<Played> => play(vectors, { options: {}, randomness });
