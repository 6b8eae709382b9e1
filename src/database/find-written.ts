// What a write makes of a row's key is known where nothing but the write decides it. A trigger may give it any other, a
// default may be an expression, and MySQL has no RETURNING: there the rows that are alike in what the trigger leaves alone
// are listed before the write and after it, and the one that has come is the one that was written. Where many are alike,
// or another one comes at that moment, it stays unknown which one it is.
import type { Parameter } from './column-value.ts';
import { type Filter, whereSql } from './filter.ts';
import { quoteIdentifier } from './identifier.ts';
import type { Queryable, RowDataPacket } from './pool.ts';
import { decodeRow, recordIdOf, selectColumns, selectSql } from './read-rows.ts';
import { findColumn, isTriggered, type Table, type Trigger } from './table.ts';

/** Of more rows that are alike, the new one is not looked for. */
const MOST_ALIKE = 1_000;

/** Kinds of which every value finds itself by `=`. */
const EXACT_KINDS: ReadonlySet<string> = new Set([
  'integer',
  'decimal',
  'string',
  'enum',
  'date',
  'datetime',
  'time',
  'binary',
]);

/** Whether a trigger may change a row's key as this event writes it. */
export function isKeyTriggered(table: Table, event: Trigger['event']): boolean {
  return table.key.some((name) => isTriggered(table.triggers, event, name));
}

/**
 * Lists the rows that are like the one about to be written with these values, and returns what finds the id of the one
 * that has been added since, or null where that cannot be told.
 */
export async function watchForNew(
  db: Queryable,
  table: Table,
  event: Trigger['event'],
  values: ReadonlyMap<string, Parameter>,
): Promise<() => Promise<string | null>> {
  const filters = [...values].flatMap(([name, value]): Filter[] => {
    const column = findColumn(table, name);
    if (!column || !EXACT_KINDS.has(column.kind) || isTriggered(table.triggers, event, name)) return [];
    return [value === null ? { column, operator: 'null' } : { column, operator: 'equals', value }];
  });
  const before = new Set(await listIds(db, table, filters));
  return async () => {
    if (before.size > MOST_ALIKE) return null;
    const added = (await listIds(db, table, filters)).filter((id) => !before.has(id));
    return added.length === 1 ? (added[0] ?? null) : null;
  };
}

async function listIds(db: Queryable, table: Table, filters: readonly Filter[]): Promise<string[]> {
  const columns = selectColumns(table, []);
  const where = whereSql(filters);
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT ${columns.map(selectSql).join(', ')} FROM ${quoteIdentifier(table.name)} WHERE ${where.sql} LIMIT ?`,
    [...where.parameters, MOST_ALIKE + 2],
  );
  return rows.map((row) => recordIdOf(table, decodeRow(columns, row)));
}
