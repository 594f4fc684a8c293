/**
 * A journal in the browser's database, which all pages and workers of an origin share. Each client has a ledger in it,
 * under a name of its own, and holds the lock of that name while it lives: whose lock is free is gone for ever.
 */

import type { Binding, Question } from './binding.js';
import { unsupported } from './failure.js';
import { NotRecorded, type SharedJournal } from './journal.js';

const LEDGERS = 'ledgers';
const CLAIMS = 'claims';
const NEEDS_DATABASE =
  'a journal by name needs IndexedDB and Web Locks, as pages over https have them: pass an object with record(line)';

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error as DOMException);
  });
}

function database(name: string): Promise<IDBDatabase> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => [LEDGERS, CLAIMS].forEach((store) => opening.result.createObjectStore(store));
  return done(opening);
}

/** Holds a lock until the function it gives is called, or the page is gone. */
function hold(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    navigator.locks.request(name, () => new Promise<void>((release) => resolve(release))).catch(reject);
  });
}

type Rules = Required<Pick<Binding, 'journalRecord' | 'journalSettled'>>;

class IndexedDb implements SharedJournal {
  readonly #name: string;
  readonly #own: string;
  readonly #database: IDBDatabase;
  readonly #release: () => void;
  readonly #rules: Rules;

  constructor(name: string, own: string, database: IDBDatabase, release: () => void, rules: Rules) {
    this.#name = name;
    this.#own = own;
    this.#database = database;
    this.#release = release;
    this.#rules = rules;
  }

  record(line: string): Promise<void> {
    return this.#transaction(async (ledgers) => {
      const ledger = (await done(ledgers.get(this.#own))) as string | undefined;
      ledgers.put(this.#rules.journalRecord(ledger, line), this.#own);
    });
  }

  async consult(asked: unknown): Promise<unknown> {
    const [question, gone] = [asked as Question, await this.#gone()];
    await this.#transaction(async (ledgers, claims) => {
      const keys = question.keys();
      const reading = [ledgers.getAllKeys(), ledgers.getAll(), ...keys.map((key) => claims.get(key))] as IDBRequest[];
      const [names, kept, ...holders] = (await Promise.all(reading.map(done))) as [string[], string[], ...string[]];
      const others = names.flatMap((name, at) => (name === this.#own ? [] : [name, kept[at] as string]));
      const [ledger, held, tookOver] = question.answer(
        kept[names.indexOf(this.#own)],
        others,
        gone,
        holders.map((holder) => holder ?? ''),
      );
      ledgers.put(ledger, this.#own);
      keys.forEach((key, at) => (held[at] ? claims.put(held[at], key) : claims.delete(key)));
      if (tookOver) gone.forEach((name) => ledgers.delete(name));
    });
    return question;
  }

  /** Those that had a ledger before the locks were looked at: of a newer one, the lock may just not have been seen. */
  async #gone(): Promise<string[]> {
    return this.#shown(async () => {
      const names = (await done(this.#database.transaction(LEDGERS).objectStore(LEDGERS).getAllKeys())) as string[];
      const { held = [] } = await navigator.locks.query();
      return names.filter((name) => name !== this.#own && !held.some((lock) => lock.name === lockOf(this.#name, name)));
    });
  }

  /** All of it or nothing, one at a time among all pages; on the disk when it is over. */
  #transaction(work: (ledgers: IDBObjectStore, claims: IDBObjectStore) => Promise<void>): Promise<void> {
    return this.#shown(async () => {
      const transaction = this.#database.transaction([LEDGERS, CLAIMS], 'readwrite', { durability: 'strict' });
      const over = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new Error('it was aborted'));
      });
      try {
        await work(transaction.objectStore(LEDGERS), transaction.objectStore(CLAIMS));
      } catch (problem) {
        over.catch(() => {});
        // Where it failed by itself it is over already.
        if (transaction.error === null) transaction.abort();
        throw problem;
      }
      await over;
    });
  }

  /** What the browser and the core say holds no line. */
  async #shown<T>(work: () => Promise<T>): Promise<T> {
    return work().catch((problem: unknown) => {
      throw notRecorded(this.#name, problem);
    });
  }

  /** What is left open, others take over. */
  close(): void {
    const settled = this.#transaction(async (ledgers) => {
      const ledger = (await done(ledgers.get(this.#own))) as string | undefined;
      if (ledger !== undefined && this.#rules.journalSettled(ledger)) ledgers.delete(this.#own);
    });
    // Where that fails, what was bought is told once more.
    settled
      .catch(() => {})
      .finally(() => {
        this.#database.close();
        this.#release();
      });
  }
}

function lockOf(name: string, own: string): string {
  return `${name}:${own}`;
}

function notRecorded(name: string, problem: unknown): NotRecorded {
  return new NotRecorded(`the database ${name}: ${String(problem)}`);
}

/** Opens it, and makes it where there is none. */
export async function openIndexedDb(binding: Binding, given: string): Promise<SharedJournal> {
  if (typeof indexedDB === 'undefined' || typeof navigator === 'undefined' || !navigator.locks) {
    throw unsupported(NEEDS_DATABASE);
  }
  const [name, own] = [`trunkline:${given}`, crypto.randomUUID()];
  try {
    const release = await hold(lockOf(name, own));
    const opened = await database(name).catch((problem: unknown) => {
      release();
      throw problem;
    });
    return new IndexedDb(name, own, opened, release, binding as Rules);
  } catch (problem) {
    throw notRecorded(name, problem);
  }
}
