import type { ChangeFeed } from '../../src/changes/change-feed.ts';
import type { Change, RowImage, Transaction } from '../../src/changes/transaction.ts';
import { introspect } from '../../src/database/introspect.ts';
import type { Queryable } from '../../src/database/pool.ts';
import { findRows } from '../../src/database/read-page.ts';
import { recordIdOf } from '../../src/database/read-rows.ts';
import type { Table } from '../../src/database/table.ts';

export type TableState = Map<string, RowImage>;

/** Every row of these tables, by record id; the log tells no rows of views. */
export async function readState(db: Queryable, tables: readonly Table[]): Promise<Map<string, TableState>> {
  const state = new Map<string, TableState>();
  for (const table of tables.filter(({ kind }) => kind === 'table')) {
    const rows = await findRows(db, table, table.columns, { filters: [], sort: null, limit: 1e6, offset: 0 });
    state.set(table.name, new Map(rows.map((row) => [recordIdOf(table, row), row])));
  }
  return state;
}

/** A copy of a schema's tables, kept by a snapshot and every transaction after it, as a screen would keep it. */
export class Replica {
  private readonly state = new Map<string, TableState>();
  /** Up to where each table is known; a table that is not in it has never been read. */
  private readonly cursors = new Map<string, string>();
  private readonly stale = new Set<string>();
  /** Why tables had to be read anew, one entry each time. */
  readonly resyncs: string[] = [];

  /** Takes a snapshot of every table that is unknown, or was changed in a way that the feed does not tell. */
  async read(feed: ChangeFeed): Promise<void> {
    const asked = new Set(this.stale);
    const { cursor, data } = await feed.snapshot(async (db) => {
      const tables = await introspect(db);
      return readState(
        db,
        tables.filter(({ name }) => asked.has(name) || !this.state.has(name)),
      );
    });
    for (const name of asked) {
      // One that was dropped is not among what was read.
      if (!data.has(name)) this.state.delete(name);
      this.cursors.set(name, cursor);
      this.stale.delete(name);
    }
    for (const [name, rows] of data) {
      this.state.set(name, rows);
      this.cursors.set(name, cursor);
    }
  }

  /** Applies a transaction; throws where a change does not fit what is known of the row. */
  apply({ cursor, changes, dirty }: Transaction): void {
    // The cursors of another log say nothing of this one.
    if (dirty.some(({ reason }) => reason === 'log_lost')) this.cursors.clear();
    const isNews = (table: string) => cursor > (this.cursors.get(table) ?? '');
    for (const { table, reason } of dirty.filter((one) => isNews(one.table))) {
      this.stale.add(table);
      this.resyncs.push(`${table}: ${reason}`);
    }
    for (const change of changes.filter(({ table }) => isNews(table) && !this.stale.has(table)))
      this.applyChange(change);
    for (const table of this.state.keys()) if (isNews(table)) this.cursors.set(table, cursor);
  }

  get isStale(): boolean {
    return this.stale.size > 0;
  }

  private applyChange({ table, id, kind, before, after }: Change): void {
    const rows = this.state.get(table) ?? new Map<string, RowImage>();
    this.state.set(table, rows);
    if (JSON.stringify(rows.get(id) ?? null) !== JSON.stringify(before))
      throw new Error(
        `${kind} of ${table} ${id} does not fit the replica: ${JSON.stringify([rows.get(id), before])}`,
      );
    if (after) rows.set(id, after);
    else rows.delete(id);
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
