/** Events for people's own logs and traces. None of them holds a secret: URLs go without their query. */

import type { Outcome } from './carrier.js';
import type { Why } from './binding.js';

/** A request goes out. */
export interface RequestEvent {
  /** Id of the operation: `rentnumber.rent`. */
  operation: string;
  method: string;
  url: string;
}

/** How it ended. */
export interface ReplyEvent extends RequestEvent {
  /** HTTP status; `null` where there is no reply. */
  status: number | null;
  /** Why there is no reply. */
  reason: string | null;
  /** Milliseconds since the request. */
  ms: number;
}

/** A failed request is sent again. */
export interface RetryEvent {
  operation: string;
  /** In so many milliseconds. */
  ms: number;
}

/** Something else is waited for. */
export interface WaitEvent extends RetryEvent {
  /** A place under the rate limit, another call, the next look, or a lost purchase that may still land. */
  why: 'rate_limit' | 'lease' | 'poll' | 'settle';
}

/** What they throw is passed over: a log must not break a purchase. */
export interface Hooks {
  request?: ((event: RequestEvent) => void) | undefined;
  reply?: ((event: ReplyEvent) => void) | undefined;
  retry?: ((event: RetryEvent) => void) | undefined;
  wait?: ((event: WaitEvent) => void) | undefined;
}

function call<Event>(hook: ((event: Event) => void) | undefined, event: Event): void {
  try {
    hook?.(event);
  } catch {
    // See Hooks.
  }
}

/** What happens in one call. */
export class Log {
  readonly #hooks: Hooks;
  readonly #operation: string;
  readonly #now: () => number;

  constructor(hooks: Hooks, operation: string, now: () => number) {
    this.#hooks = hooks;
    this.#operation = operation;
    this.#now = now;
  }

  /** Says that it is sent; what it gives back is to be told how it ended. */
  send(method: string, whole: string): (outcome: Outcome) => void {
    const event = { operation: this.#operation, method, url: whole.replace(/[?#].*$/s, '') };
    const started = this.#now();
    call(this.#hooks.request, event);
    return (outcome) => {
      const ms = this.#now() - started;
      const answered = outcome.kind === 'answered';
      const [status, reason] = answered ? [outcome.status, null] : [null, `${outcome.kind}: ${outcome.why}`];
      call(this.#hooks.reply, { ...event, status, reason, ms });
    };
  }

  sleep(ms: number, why: Why): void {
    const operation = this.#operation;
    if (why === 'retry') call(this.#hooks.retry, { operation, ms });
    else call(this.#hooks.wait, { operation, ms, why });
  }
}
