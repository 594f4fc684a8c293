/** Purchases that the journal holds open, in a page. */

import { Trunkline, type RecoveredPurchase, type TrunklineOptions } from 'trunkline';

export type Recovered = Pick<RecoveredPurchase, 'operation' | 'outcome' | 'ids' | 'reason'>;

/** What became of them. */
export async function recovered(options: TrunklineOptions): Promise<Recovered[]> {
  const client = new Trunkline(options);
  const found: Recovered[] = [];
  for await (const { operation, outcome, ids, reason } of client.recover()) {
    found.push({ operation, outcome, ids, reason });
  }
  client.close();
  return found;
}

/** From now on the page's database is as on a full disk. */
export function fill(): void {
  IDBObjectStore.prototype.put = () => {
    throw new DOMException('there is no room', 'QuotaExceededError');
  };
}

/** Spoils every ledger that is in a database; says how many. */
export async function spoil(name: string): Promise<number> {
  const opening = indexedDB.open(name);
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const store = opening.result.transaction('ledgers', 'readwrite').objectStore('ledgers');
  const keys = store.getAllKeys();
  await new Promise((resolve) => (keys.onsuccess = resolve));
  keys.result.forEach((key) => store.put('{"intent":', key));
  await new Promise((resolve) => (store.transaction.oncomplete = resolve));
  opening.result.close();
  return keys.result.length;
}

/** Notes how durable this page's transactions are that write. */
export function watch(): void {
  const noted: unknown[] = [];
  const { transaction } = IDBDatabase.prototype;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    if (mode === 'readwrite') noted.push(options?.durability);
    return transaction.call(this, stores, mode, options);
  };
  Object.assign(globalThis, { noted });
}

export function noted(): unknown[] {
  return Reflect.get(globalThis, 'noted') as unknown[];
}
