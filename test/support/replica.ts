import type { ChangeFeed } from '../../src/changes/change-feed.ts';
import type { RowImage, Transaction } from '../../src/changes/transaction.ts';
import { quoteIdentifier } from '../../src/database/identifier.ts';
import { introspect } from '../../src/database/introspect.ts';
import type { Queryable, RowDataPacket } from '../../src/database/pool.ts';
import { findRows, recordIdOf } from '../../src/database/read-rows.ts';
import type { Table } from '../../src/database/table.ts';

export type TableState = Map<string, RowImage>;

/** Every row of these tables, by record id. */
export async function readState(db: Queryable, tables: readonly Table[]): Promise<Map<string, TableState>> {
  const state = new Map<string, TableState>();
  for (const table of tables) {
    const rows = await findRows(db, table, table.columns, { filters: [], sort: null, limit: 1e6, offset: 0 });
    state.set(table.name, new Map(rows.map((row) => [recordIdOf(table, row), row])));
  }
  return state;
}

/** A copy of a schema's tables, kept by a snapshot and every transaction after it, as a screen would keep it. */
export class Replica {
  private state = new Map<string, TableState>();
  private cursor = '';
  private readonly stale = new Map<string, string>();
  /** Why tables had to be read anew, one entry each time. */
  readonly resyncs: string[] = [];

  /** Takes a snapshot of all tables, or of those that were changed in a way the feed does not tell. */
  async read(feed: ChangeFeed): Promise<void> {
    const snapshot = await feed.snapshot(async (db) => readState(db, await introspect(db)));
    this.state = snapshot.data;
    this.cursor = snapshot.cursor;
    this.stale.clear();
  }

  /** Applies a transaction; throws where a change does not fit what is known of the row. */
  apply({ cursor, changes, dirty }: Transaction): void {
    if (cursor <= this.cursor) return;
    this.cursor = cursor;
    for (const { table, reason } of dirty) {
      this.stale.set(table, reason);
      this.resyncs.push(`${table}: ${reason}`);
    }
    for (const change of changes) {
      if (this.stale.has(change.table)) continue;
      const rows = this.state.get(change.table) ?? new Map<string, RowImage>();
      this.state.set(change.table, rows);
      if (rows.has(change.id) === (change.kind === 'insert'))
        throw new Error(`${change.kind} of ${change.table} ${change.id} does not fit the replica`);
      if (change.after) rows.set(change.id, change.after);
      else rows.delete(change.id);
    }
  }

  get isStale(): boolean {
    return this.stale.size > 0;
  }

  /** The tables that differ from another state. */
  differences(other: Map<string, TableState>): string[] {
    const names = new Set([...this.state.keys(), ...other.keys()]);
    return [...names].filter((name) => toText(this.state.get(name)) !== toText(other.get(name)));
  }
}

function toText(rows: TableState | undefined): string {
  const sorted = [...(rows ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(
    sorted.map(([id, row]) => [id, Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1))]),
  );
}

/** How many rows a table has. */
export async function countAll(db: Queryable, table: string): Promise<number> {
  const [rows] = await db.query<RowDataPacket[]>(`SELECT COUNT(*) AS n FROM ${quoteIdentifier(table)}`);
  return Number(rows[0]?.n);
}
