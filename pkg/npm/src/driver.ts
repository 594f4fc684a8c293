/**
 * The driver: steps a flow, has performed what it asks for, and tells it how that ended. Several actions may be
 * outstanding at once. The flow goes no further while nobody waits for its next event.
 */

import type { Failed, Flow, ReplyParts, SendStep, SleepStep } from './binding.js';
import type { Carrier, Outcome } from './carrier.js';
import type { Log } from './hooks.js';
import { NotRecorded, type Journal, type SharedJournal } from './journal.js';
import { after } from './timer.js';

/** What performs a flow's actions. */
export interface Host {
  readonly carrier: Carrier;
  /** None where nothing is to be kept: the core itself knows what is open. */
  readonly journal: Journal | undefined;
  /** Wall time at the start and monotonic time since, in milliseconds: one clock for deadlines and for dates. */
  now(): number;
}

/** What comes of a flow: items, then how it ended. */
export type Event =
  readonly ['item', json: string] | readonly ['done', json: string, reply: ReplyParts] | readonly ['end'] | Failed;

/** What is outstanding: how to stop it, and its timer. */
interface Action {
  stop?: () => void;
  timer?: ReturnType<typeof setTimeout>;
}

interface Waiter {
  resolve(event: Event): void;
  reject(problem: unknown): void;
}

export class Driver {
  /** Why the last request had no reply. */
  cause: unknown;
  readonly #flow: Flow;
  readonly #host: Host;
  readonly #log: Log | undefined;
  readonly #actions = new Map<number, Action>();
  #waiter: Waiter | undefined;
  #stepping = false;
  /** Given up, and how it ended. */
  #cancelled: Promise<Event> | undefined;
  #over = false;

  constructor(flow: Flow, host: Host, log: Log | undefined) {
    this.#flow = flow;
    this.#host = host;
    this.#log = log;
  }

  /** The next event. Not to be asked again before it is there, nor after the last. */
  next(): Promise<Event> {
    return this.#cancelled ?? this.#wait();
  }

  /** Gives the flow up: what is outstanding stops at once, and its next event is that it is cancelled. */
  cancel(): void {
    if (this.#over) return;
    this.#flow.cancel();
    if (this.#waiter) return this.#step();
    this.#cancelled = this.#end();
    // Perhaps nobody asks.
    this.#cancelled.catch(() => {});
  }

  async #end(): Promise<Event> {
    for (;;) {
      const event = await this.#wait();
      if (event[0] !== 'item') return event;
    }
  }

  #wait(): Promise<Event> {
    return new Promise((resolve, reject) => {
      this.#waiter = { resolve, reject };
      this.#step();
    });
  }

  #step(): void {
    if (this.#stepping) return;
    this.#stepping = true;
    try {
      while (this.#waiter && this.#perform());
    } catch (problem) {
      this.#broken(problem);
    } finally {
      this.#stepping = false;
    }
  }

  /** One step; false where the flow waits for an action to end. */
  #perform(): boolean {
    const step = this.#flow.step(this.#host.now());
    if (step[0] === 'waiting') return false;
    if (step[0] === 'send') this.#send(step);
    else if (step[0] === 'sleep') this.#sleep(step);
    else if (step[0] === 'record') this.#record(step[1], step[2]);
    else if (step[0] === 'consult') this.#consult(step[1], step[2]);
    else if (step[0] === 'abort') this.#take(step[1])?.stop?.();
    else this.#give(step);
    return true;
  }

  #send([, id, method, url, headers, body, deadline, bodyLimit]: SendStep): void {
    const log = this.#log?.send(method, url);
    const timeoutMs = Math.max(deadline - this.#host.now(), 0);
    const ended = (outcome: Outcome): void => this.#ended(id, (now) => this.#answer(now, id, outcome, log));
    const stop = this.#host.carrier.start({ method, url, headers, body, bodyLimit, timeoutMs }, ended);
    const timer = after(timeoutMs, () => {
      stop();
      ended({ kind: 'lost', why: `no answer before the deadline, ${Math.round(timeoutMs)} ms` });
    });
    this.#actions.set(id, { stop, timer });
  }

  #answer(now: number, id: number, outcome: Outcome, log: ((outcome: Outcome) => void) | undefined): void {
    log?.(outcome);
    this.cause = outcome.kind === 'answered' ? undefined : outcome.cause;
    if (outcome.kind === 'answered') this.#flow.answered(now, id, outcome.status, outcome.headers, outcome.body);
    else if (outcome.kind === 'not_sent') this.#flow.notSent(now, id, outcome.why);
    else this.#flow.lost(now, id, outcome.why);
  }

  #sleep([, id, ms, why]: SleepStep): void {
    this.#log?.sleep(ms, why);
    this.#actions.set(id, { timer: after(ms, () => this.#ended(id, (now) => this.#flow.elapsed(now, id))) });
  }

  #record(id: number, line: string): void {
    const recorded = (now: number): void => this.#flow.recorded(now, id);
    this.#ask(id, () => this.#host.journal?.record(line), recorded);
  }

  #consult(id: number, question: unknown): void {
    const consulted = (now: number, answer: unknown): void => this.#flow.consulted(now, id, answer);
    // Only flows over such a journal ask.
    this.#ask(id, () => (this.#host.journal as SharedJournal).consult(question), consulted);
  }

  /** What the journal does, and how the flow is told of it. */
  #ask(id: number, work: () => unknown, tell: (now: number, answer: unknown) => void): void {
    this.#actions.set(id, {});
    const answered = (answer: unknown): void => this.#ended(id, (now) => tell(now, answer));
    const failed = (thrown: unknown): void => {
      const name = thrown instanceof Error ? thrown.name : typeof thrown;
      const why = thrown instanceof NotRecorded ? thrown.message : `the journal threw ${name}`;
      this.#ended(id, (now) => this.#flow.notRecorded(now, id, why));
    };
    let working;
    try {
      working = work() as PromiseLike<unknown> | undefined;
    } catch (thrown) {
      return failed(thrown);
    }
    if (typeof working?.then === 'function') working.then(answered, failed);
    else answered(working);
  }

  /** Tells the flow once, unless it has asked to stop it meanwhile. */
  #ended(id: number, tell: (now: number) => void): void {
    if (!this.#take(id)) return;
    try {
      tell(this.#host.now());
    } catch (problem) {
      return this.#broken(problem);
    }
    this.#step();
  }

  #take(id: number): Action | undefined {
    const action = this.#actions.get(id);
    if (action) {
      this.#actions.delete(id);
      clearTimeout(action.timer);
    }
    return action;
  }

  #give(event: Event): void {
    if (event[0] !== 'item') {
      this.#stop();
      this.#flow.free?.();
    }
    this.#waiter?.resolve(event);
    this.#waiter = undefined;
  }

  /** The core itself has failed: in WebAssembly a trap, after which the flow is of no more use. */
  #broken(problem: unknown): void {
    this.#stop();
    this.#waiter?.reject(new Error('the core has failed; this is a defect of the library', { cause: problem }));
    this.#waiter = undefined;
  }

  #stop(): void {
    this.#over = true;
    for (const id of [...this.#actions.keys()]) this.#take(id)?.stop?.();
  }
}
