/** Where purchases are recorded: their intent before they are sent, their end after it. */
export interface Journal {
  /** Makes the line durable. What it throws means that it is not, and that nothing is sent. */
  record(line: string): void | PromiseLike<void>;
}

/** Lines in memory: they outlive no crash. */
export class MemoryJournal implements Journal {
  readonly lines: string[] = [];

  record(line: string): void {
    this.lines.push(line);
  }
}
