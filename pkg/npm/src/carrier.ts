/** Carrying one request: what every transport is for the driver. */

/** What is to be carried. Names and values of headers are flat. */
export interface Exchange {
  method: string;
  url: string;
  headers: readonly string[];
  body: Uint8Array;
  /** Of a longer body, one byte more than this is read. */
  bodyLimit: number;
  /** What is not answered by then is given up; the driver sees to that. */
  timeoutMs: number;
  /**
   * Takes the body of a reply with status 200 as it comes, whatever its length; the outcome then has none of it. The next
   * piece waits until this one has been used up. A transport that knows only whole bodies passes this over.
   */
  take?: (piece: Uint8Array) => Promise<void>;
}

/** How it ended. */
export type Outcome =
  | { kind: 'answered'; status: number; headers: readonly string[]; body: Uint8Array }
  /** `not_sent` where that is certain. `why` and `cause` hold no secret. */
  | { kind: 'not_sent' | 'lost'; why: string; cause?: unknown };

/** Starts exchanges. */
export interface Carrier {
  /** Says once how it ended, and not before this has returned. What it gives back stops it. */
  start(exchange: Exchange, ended: (outcome: Outcome) => void): () => void;
  /** Closes its connections. */
  close(): void;
}

/** Bodies, piece by piece, up to a limit. */
export class Body {
  #pieces: Uint8Array[] = [];
  #room: number;

  constructor(limit: number) {
    this.#room = limit + 1;
  }

  /** Takes what there is room for; whether there is more. */
  push(piece: Uint8Array): boolean {
    this.#pieces.push(piece.length > this.#room ? piece.subarray(0, this.#room) : piece);
    this.#room -= piece.length;
    return this.#room > 0;
  }

  bytes(): Uint8Array {
    const [first, second] = this.#pieces;
    if (first !== undefined && second === undefined) return first;
    const bytes = new Uint8Array(this.#pieces.reduce((length, piece) => length + piece.length, 0));
    let at = 0;
    for (const piece of this.#pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }
}

/** Transports take a header's value as one character for each byte, and the core's are UTF-8. */
export function headerToBytes(value: string): string {
  if (/^[\x00-\x7f]*$/.test(value)) return value;
  return String.fromCharCode(...new TextEncoder().encode(value));
}

/** The other way round. */
export function headerFromBytes(value: string): string {
  if (/^[\x00-\x7f]*$/.test(value)) return value;
  // What is above 255 has been put there by a page that stands in fetch's place.
  if (!/^[\x00-\xff]*$/.test(value)) return value;
  return new TextDecoder().decode(Uint8Array.from(value, (character) => character.charCodeAt(0)));
}
