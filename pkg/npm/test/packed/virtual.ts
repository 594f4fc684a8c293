/** Virtual time and chosen randomness under the package, which knows nothing of it. */

import crypto from 'node:crypto';

interface Timer {
  at: number;
  fire: () => void;
}

const real = { now: Date.now, performance: performance.now.bind(performance), setTimeout, clearTimeout, random: crypto.randomFillSync };

/** Time that passes when there is nothing else to do. */
export class VirtualTime {
  #now: number;
  #timers = new Set<Timer>();

  constructor(start: string) {
    this.#now = Date.parse(start);
  }

  /** Runs what it is given, with time and randomness replaced. */
  async run<T>(seed: Uint8Array, work: () => Promise<T>): Promise<T> {
    this.#install(seed);
    try {
      let over = false;
      const working = work().finally(() => (over = true));
      // Whoever awaits it comes later.
      working.catch(() => {});
      while (!over) {
        await new Promise((resolve) => setImmediate(resolve));
        if (!over) this.#pass();
      }
      return await working;
    } finally {
      this.#remove();
    }
  }

  #pass(): void {
    const [next] = [...this.#timers].sort((a, b) => a.at - b.at);
    if (!next) return;
    this.#timers.delete(next);
    this.#now = Math.max(this.#now, next.at);
    next.fire();
  }

  #install(seed: Uint8Array): void {
    const started = this.#now;
    Date.now = () => this.#now;
    performance.now = () => this.#now - started;
    const setTimer = (fire: () => void, ms = 0): Timer => {
      const timer = { at: this.#now + ms, fire };
      this.#timers.add(timer);
      return timer;
    };
    Object.assign(globalThis, { setTimeout: setTimer, clearTimeout: (timer: Timer) => this.#timers.delete(timer) });
    Object.assign(crypto, { randomFillSync: (bytes: Uint8Array) => bytes.set(seed) });
  }

  #remove(): void {
    Date.now = real.now;
    performance.now = real.performance;
    Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
    Object.assign(crypto, { randomFillSync: real.random });
  }
}
