/** Where purchases are recorded: their intent before they are sent, their end after it. */
export interface Journal {
  /** Makes the line durable. What it throws means that it is not, and that nothing is sent. */
  record(line: string): void | PromiseLike<void>;
}

/**
 * For a journal to throw: the line is not durable. Its text says why, and holds no secret; texts of other errors are not
 * shown, for they may quote the line.
 */
export class NotRecorded extends Error {
  static {
    this.prototype.name = 'NotRecorded';
  }
}

/** One that other processes or pages write too, so that only it knows who holds which number and what is open. */
export interface SharedJournal extends Journal {
  /** Questions and answers are the core's own. */
  consult(question: unknown): Promise<unknown>;
  close(): void;
}
