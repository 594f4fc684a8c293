/** Virtual time and chosen randomness under the package, which knows nothing of it. */

interface Timer {
  at: number;
  fire: () => void;
}

const real = {
  now: Date.now,
  performance: performance.now.bind(performance),
  setTimeout,
  clearTimeout,
};

/** Where the package takes randomness from: that function of that object fills bytes with it. */
export interface Randomness {
  of: object;
  by: string;
}

/** Once all that is due has run. */
function turn(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => setImmediate(resolve));
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => resolve();
    port2.postMessage(undefined);
  });
}

/** Time that passes when there is nothing else to do. */
export class VirtualTime {
  #now: number;
  #timers = new Set<Timer>();
  readonly #randomness: Randomness;

  constructor(start: string, randomness: Randomness) {
    this.#now = Date.parse(start);
    this.#randomness = randomness;
  }

  /** Runs what it is given, with time and randomness replaced. */
  async run<T>(seed: Uint8Array, work: () => Promise<T>): Promise<T> {
    const remove = this.#install(seed);
    try {
      let over = false;
      const working = work().finally(() => (over = true));
      // Whoever awaits it comes later.
      working.catch(() => {});
      while (!over) {
        await turn();
        if (!over) this.#pass();
      }
      return await working;
    } finally {
      remove();
    }
  }

  #pass(): void {
    const [next] = [...this.#timers].sort((a, b) => a.at - b.at);
    if (!next) return;
    this.#timers.delete(next);
    this.#now = Math.max(this.#now, next.at);
    next.fire();
  }

  /** What puts everything back. */
  #install(seed: Uint8Array): () => void {
    const started = this.#now;
    Date.now = () => this.#now;
    performance.now = () => this.#now - started;
    const setTimer = (fire: () => void, ms = 0): Timer => {
      const timer = { at: this.#now + ms, fire };
      this.#timers.add(timer);
      return timer;
    };
    Object.assign(globalThis, { setTimeout: setTimer, clearTimeout: (timer: Timer) => this.#timers.delete(timer) });
    const { of, by } = this.#randomness;
    const random: unknown = Reflect.get(of, by);
    Object.assign(of, { [by]: (bytes: Uint8Array) => bytes.set(seed) });
    return () => {
      Date.now = real.now;
      performance.now = real.performance;
      Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
      Object.assign(of, { [by]: random });
    };
  }
}
