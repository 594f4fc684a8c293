/** One exchange with a gateway: what comes of it, within its time. */

import type { Carrier, Exchange, Outcome } from './carrier.js';
import { after } from './timer.js';

/** How it ended. `late`: not in time. `cancelled`: given up, which may be before or after it was sent. */
export type End = Outcome | { kind: 'late'; why: string } | { kind: 'cancelled' };

/** A piece of the answer's body, or how the exchange ended. */
export type Came = Uint8Array | End;

export class Asking {
  readonly #timeoutMs: number;
  readonly #told: ((outcome: Outcome) => void) | undefined;
  readonly #came: Came[] = [];
  readonly #stop: () => void;
  #waiter: ((came: Came) => void) | undefined;
  /** Lets the next piece come. */
  #used: (() => void) | undefined;
  #over = false;

  /** Sends it. `told` is told how it ended, for a log. */
  constructor(carrier: Carrier, exchange: Exchange, told: ((outcome: Outcome) => void) | undefined) {
    this.#timeoutMs = exchange.timeoutMs;
    this.#told = told;
    this.#stop = carrier.start(exchange, (outcome) => this.#end(outcome));
  }

  /** For an exchange whose body is to come in pieces. */
  take(piece: Uint8Array): Promise<void> {
    this.#give(piece);
    return new Promise((used) => (this.#used = used));
  }

  /** What comes next, for which there is the exchange's time. */
  next(signal: AbortSignal | undefined): Promise<Came> {
    const came = this.#came.shift();
    if (came) return Promise.resolve(came);
    return new Promise((resolve) => {
      const cancel = (): void => this.cancel();
      const why = `no answer before the deadline, ${Math.round(this.#timeoutMs)} ms`;
      const timer = after(this.#timeoutMs, () => this.#end({ kind: 'late', why }));
      this.#waiter = (came) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        resolve(came);
      };
      signal?.addEventListener('abort', cancel);
      this.#used?.();
      if (signal?.aborted) cancel();
    });
  }

  /** Gives it up. */
  cancel(): void {
    this.#end({ kind: 'cancelled' });
  }

  #end(end: End): void {
    if (this.#over) return;
    this.#over = true;
    if (end.kind === 'late' || end.kind === 'cancelled') this.#stop();
    if (end.kind !== 'cancelled') this.#told?.(end.kind === 'late' ? { ...end, kind: 'lost' } : end);
    this.#give(end);
  }

  #give(came: Came): void {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    if (waiter) waiter(came);
    else this.#came.push(came);
  }
}
