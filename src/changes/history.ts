import type { Transaction } from './transaction.ts';

export interface HistoryLimits {
  readonly transactions: number;
  /** Of memory, about. */
  readonly bytes: number;
  readonly ageMs: number;
}

interface Entry {
  readonly transaction: Transaction;
  readonly bytes: number;
  readonly receivedAtMs: number;
}

/** In the place of a dropped entry, whose rows may take much room, until the array is cut. */
const DROPPED: Entry = {
  transaction: { cursor: '', at: '', actor: null, changes: [], dirty: [] },
  bytes: 0,
  receivedAtMs: 0,
};

/** The newest transactions, so that whoever knows a cursor gets what came after it. */
export class History {
  private readonly limits: HistoryLimits;
  private readonly now: () => number;
  private entries: Entry[] = [];
  /** Entries before this index have been dropped; the array is cut when they are many. */
  private first = 0;
  private bytes = 0;
  /** Everything after this cursor is kept. */
  private base = '';

  constructor(limits: HistoryLimits, now: () => number = Date.now) {
    this.limits = limits;
    this.now = now;
  }

  /** The newest cursor; where none came since the begin, that of the begin. */
  get head(): string {
    return this.entries.at(-1)?.transaction.cursor ?? this.base;
  }

  /** Begins anew after a cursor, of which nothing before is known. */
  restart(cursor: string): void {
    this.entries = [];
    this.first = 0;
    this.bytes = 0;
    this.base = cursor;
  }

  add(transaction: Transaction, bytes: number): void {
    this.entries.push({ transaction, bytes, receivedAtMs: this.now() });
    this.bytes += bytes;
    this.drop();
  }

  /** What came after a cursor, oldest first; null where the cursor is none of this history. */
  since(cursor: string): Transaction[] | null {
    this.drop();
    if (cursor === this.base) return this.entries.slice(this.first).map(({ transaction }) => transaction);
    const index = this.findIndex(cursor);
    if (this.entries[index]?.transaction.cursor !== cursor) return null;
    return this.entries.slice(index + 1).map(({ transaction }) => transaction);
  }

  /** What was received since a moment, the newest `limit` of it, and the cursor before it. */
  receivedSince(timeMs: number, limit: number): { before: string; transactions: Transaction[] } {
    let index = this.entries.length;
    const least = Math.max(this.first, index - limit);
    while (index > least && (this.entries[index - 1]?.receivedAtMs ?? 0) >= timeMs) index--;
    const before = index > this.first ? this.entries[index - 1]?.transaction.cursor : this.base;
    return {
      before: before ?? this.base,
      transactions: this.entries.slice(index).map(({ transaction }) => transaction),
    };
  }

  /** Index of the first kept entry whose cursor is not before this one. */
  private findIndex(cursor: string): number {
    let low = this.first;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.entries[middle]?.transaction.cursor ?? '') < cursor) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private drop(): void {
    const oldestMs = this.now() - this.limits.ageMs;
    for (let entry = this.entries[this.first]; entry; entry = this.entries[this.first]) {
      const count = this.entries.length - this.first;
      const isFull = count > this.limits.transactions || this.bytes > this.limits.bytes;
      if (!isFull && entry.receivedAtMs >= oldestMs) break;
      this.base = entry.transaction.cursor;
      this.bytes -= entry.bytes;
      this.entries[this.first++] = DROPPED;
    }
    if (this.first < 1_000 && this.first < this.entries.length) return;
    this.entries.splice(0, this.first);
    this.first = 0;
  }
}
