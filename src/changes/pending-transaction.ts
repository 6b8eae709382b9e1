import type { Actor } from '../database/activity.ts';
import type { LoggedChange } from './logged-change.ts';
import type { DirtyReason, DirtyTable } from './transaction.ts';

/** Beyond this, a transaction's rows are not kept: the tables it touched are dirty. */
export interface TransactionLimits {
  readonly changes: number;
  /** Of memory, about: the rows as they are logged, and what each takes beside. */
  readonly bytes: number;
}

/** What a change takes in memory beside the bytes of its rows. */
const CHANGE_BYTES = 160;

/** What a transaction has done so far, before its commit marker. */
export class PendingTransaction {
  changes: LoggedChange[] = [];
  actor: Actor | null = null;
  bytes = 0;
  /** Tables of which rows were logged without the columns that the server computes. */
  readonly computable = new Set<string>();
  private readonly dirtyTables = new Map<string, DirtyReason>();
  private readonly savepoints = new Map<string, number>();
  private readonly limits: TransactionLimits;
  private isTooLarge = false;

  constructor(limits: TransactionLimits) {
    this.limits = limits;
  }

  get dirty(): DirtyTable[] {
    return [...this.dirtyTables].map(([table, reason]) => ({ table, reason }));
  }

  get isEmpty(): boolean {
    return this.changes.length === 0 && this.dirtyTables.size === 0;
  }

  addBytes(bytes: number): void {
    if (!this.isTooLarge) this.bytes += bytes;
  }

  add(change: LoggedChange): void {
    if (this.isTooLarge) {
      this.markDirty(change.table, 'too_large');
      return;
    }
    this.changes.push(change);
    this.bytes += CHANGE_BYTES;
    if (this.changes.length > this.limits.changes || this.bytes > this.limits.bytes) this.giveUpRows();
  }

  markComputable(table: string): void {
    this.computable.add(table);
  }

  /** Takes a table's rows out again: they cannot be told whole. */
  giveUp(table: string, reason: DirtyReason): void {
    this.changes = this.changes.filter((change) => change.table !== table);
    this.markDirty(table, reason);
  }

  markDirty(table: string, reason: DirtyReason): void {
    if (!this.dirtyTables.has(table)) this.dirtyTables.set(table, reason);
  }

  setSavepoint(name: string): void {
    this.savepoints.set(name, this.changes.length);
  }

  /** What was done since is undone, but for tables without transactions, which the log does not tell apart. */
  rollBackTo(name: string): void {
    const kept = this.savepoints.get(name) ?? 0;
    for (const { table } of this.changes.slice(kept)) this.markDirty(table, 'rolled_back_in_part');
    this.changes.length = kept;
  }

  private giveUpRows(): void {
    this.isTooLarge = true;
    for (const { table } of this.changes) this.markDirty(table, 'too_large');
    this.changes = [];
    this.bytes = 0;
    this.savepoints.clear();
  }
}
