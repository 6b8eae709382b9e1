import { isDeepStrictEqual } from 'node:util';
import type { JsonValue } from '../database/column-value.ts';
import type { Pool, PoolConnection, Queryable } from '../database/pool.ts';
import { findRowsById, recordIdOf } from '../database/read-rows.ts';
import type { Table } from '../database/table.ts';
import type { Change, RowImage, Transaction } from './transaction.ts';

/** A commit may be in the log this long before its rows can be read. */
const MAX_COMMIT_DELAY_MS = 5_000;
const MAX_ATTEMPTS = 3;
/** A column, a table or its definition is another one than a moment ago. */
const SCHEMA_CHANGE_ERRNOS = new Set([1054, 1146, 1412]);
/** More commits than that are never between the log and the rows at once: each holds a session of the server. */
const MAX_UNSEEN_COMMITS = 500;
/** Of each transaction at most so many rows are compared, and in all: enough to tell each from its neighbours. */
const COMPARED_ROWS = { perTransaction: 50, inAll: 5_000 };

export interface SnapshotParts {
  readonly pool: Pool;
  tables(): readonly Table[];
  /** Waits until the feed has handed out everything that is in the log now. */
  catchUp(db: Queryable): Promise<void>;
  /** What the feed received since a moment (in ms since 1970), the newest `limit` of it, and the cursor before it. */
  receivedSince(timeMs: number, limit: number): { before: string; transactions: readonly Transaction[] };
}

/**
 * Runs `read` on one consistent state and finds that state's cursor. The log may show a commit before or after its rows
 * can be read, so the cursor is found by looking: commits become visible in the order of the log, hence one place in it
 * explains every row that the newest transactions touched. Where several do, they hold the same rows.
 */
export async function takeSnapshot<T>(
  parts: SnapshotParts,
  read: (db: Queryable) => Promise<T>,
): Promise<{ cursor: string; data: T }> {
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
    try {
      const snapshot = await trySnapshot(parts, read);
      if (snapshot) return snapshot;
    } catch (error) {
      const isChange = SCHEMA_CHANGE_ERRNOS.has((error as { errno?: number }).errno ?? 0);
      if (!isChange || attempt === MAX_ATTEMPTS) throw error;
    }
  }
  throw new Error('No place in the log explains what was read: are commits in another order than the log?');
}

async function trySnapshot<T>(
  parts: SnapshotParts,
  read: (db: Queryable) => Promise<T>,
): Promise<{ cursor: string; data: T } | null> {
  const sinceMs = Date.now() - MAX_COMMIT_DELAY_MS;
  return inSnapshot(parts.pool, async (db) => {
    await parts.catchUp(db);
    const { before, transactions } = parts.receivedSince(sinceMs, MAX_UNSEEN_COMMITS);
    const cursor = await findVisibleCursor(db, parts.tables(), before, transactions);
    return cursor === null ? null : { cursor, data: await read(db) };
  });
}

/** Runs `work` on one consistent state of the database. */
export async function inSnapshot<T>(pool: Pool, work: (db: PoolConnection) => Promise<T>): Promise<T> {
  const connection = await pool.getConnection();
  try {
    await connection.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await connection.query('START TRANSACTION WITH CONSISTENT SNAPSHOT');
    return await work(connection);
  } finally {
    await connection.query('ROLLBACK').catch(() => connection.destroy());
    connection.release();
  }
}

/** The cursor of the last visible transaction, `before` where none is, null where no place explains what is seen. */
async function findVisibleCursor(
  db: Queryable,
  tables: readonly Table[],
  before: string,
  transactions: readonly Transaction[],
): Promise<string | null> {
  const rows = new ComparedRows(tables, transactions);
  await rows.read(db);
  for (let count = transactions.length; count > 0; count--) {
    if (rows.explainedBy(count)) return transactions[count - 1]?.cursor ?? before;
  }
  // Where there are more that may not be seen yet, the place may lie before all that were compared.
  return transactions.length < MAX_UNSEEN_COMMITS && rows.explainedBy(0) ? before : null;
}

interface TouchedRow {
  readonly seen: { image: RowImage | null };
  /** The row after each transaction that touched it, with the transaction's index; the first is from before them. */
  readonly states: { index: number; image: RowImage | null }[];
}

/** The rows that some transactions touched, as they were after each of them and as they are seen. */
class ComparedRows {
  private readonly tables: readonly Table[];
  private readonly byTable = new Map<string, Map<string, TouchedRow>>();
  /** By table, the transactions that changed more of it than they tell: what was known of its rows no longer is. */
  private readonly dirtiedBy = new Map<string, number[]>();

  constructor(tables: readonly Table[], transactions: readonly Transaction[]) {
    this.tables = tables.filter(({ key }) => key.length > 0);
    const known = new Set(this.tables.map(({ name }) => name));
    const share = Math.ceil(COMPARED_ROWS.inAll / Math.max(1, transactions.length));
    const compared = Math.min(share, COMPARED_ROWS.perTransaction);
    for (const { changes } of transactions)
      for (const change of changes.filter(({ table }) => known.has(table)).slice(0, compared))
        this.rowsOf(change.table).set(change.id, { seen: { image: null }, states: [] });
    for (const [index, { changes, dirty }] of transactions.entries()) {
      for (const change of changes) this.addState(change, index);
      for (const { table } of dirty) this.dirtiedBy.set(table, [...(this.dirtiedBy.get(table) ?? []), index]);
    }
  }

  async read(db: Queryable): Promise<void> {
    for (const [name, touched] of this.byTable) {
      const table = this.tables.find((candidate) => candidate.name === name);
      if (!table) continue;
      const columns = table.columns.filter(({ kind }) => kind !== 'blob' && kind !== 'geometry');
      for (const row of await findRowsById(db, table, columns, [...touched.keys()])) {
        const entry = touched.get(recordIdOf(table, row));
        if (entry) entry.seen.image = row;
      }
      // One that is in none of the states the log tells says nothing of the place.
      for (const [id, { seen, states }] of touched)
        if (!states.some(({ image }) => isSameRow(seen.image, image))) touched.delete(id);
    }
  }

  /** Whether every row is as the first `count` transactions left it. */
  explainedBy(count: number): boolean {
    for (const [table, touched] of this.byTable) {
      const dirtied =
        this.dirtiedBy.get(table)?.findLast((index) => index < count) ?? Number.NEGATIVE_INFINITY;
      for (const { seen, states } of touched.values()) {
        const state = states.findLast(({ index }) => index < count);
        if (state && state.index > dirtied && !isSameRow(seen.image, state.image)) return false;
      }
    }
    return true;
  }

  private rowsOf(table: string): Map<string, TouchedRow> {
    const rows = this.byTable.get(table) ?? new Map<string, TouchedRow>();
    this.byTable.set(table, rows);
    return rows;
  }

  private addState({ table, id, before, after }: Change, index: number): void {
    const row = this.byTable.get(table)?.get(id);
    if (!row) return;
    if (row.states.length === 0) row.states.push({ index: -1, image: before });
    row.states.push({ index, image: after });
  }
}

function isSameRow(seen: RowImage | null, logged: RowImage | null): boolean {
  if (seen === null || logged === null) return seen === logged;
  return Object.entries(seen).every(
    ([name, value]) => !Object.hasOwn(logged, name) || isSameValue(value, logged[name]),
  );
}

// One JSON document has many texts, and the log's is not always the one that a SELECT gives.
function isSameValue(seen: JsonValue, logged: JsonValue | undefined): boolean {
  if (seen === logged) return true;
  if (typeof seen !== 'string' || typeof logged !== 'string' || !/^[[{"\d-]/.test(seen)) return false;
  try {
    return isDeepStrictEqual(JSON.parse(seen), JSON.parse(logged));
  } catch {
    return false;
  }
}
