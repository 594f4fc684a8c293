/** Events that a page is handed as JSON, as a server of one's own would. */

import { Trunkline, type Event, type TrunklineOptions } from 'trunkline';

export interface Heard {
  /** How many events each brought that were new. */
  news: number[];
  text: string;
  code: string | null;
}

/** Waits for a message, is handed these meanwhile, and says what came. */
export async function heard(options: TrunklineOptions, number: string, events: string[]): Promise<Heard> {
  const client = new Trunkline(options);
  const waiting = client.waitForMessage({ number }, { timeoutMs: 20_000 });
  const news: number[] = [];
  for (const event of events) news.push((await client.feed(JSON.parse(event) as Event)).length);
  const { text, code } = await waiting;
  client.close();
  return { news, text, code };
}
