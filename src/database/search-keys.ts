import { containsSql, joinSql, type Search, type SearchTarget, type SqlPart, targetSql } from './filter.ts';
import { quoteIdentifier } from './identifier.ts';
import type { Queryable, RowDataPacket } from './pool.ts';
import type { Table } from './table.ts';

/** A search that finds more rows than this is common: a list in its own order soon has a page of them. */
export const MOST_RARE = 10_000;

/**
 * How many rows a search finds, counted no further than is needed to tell a rare one from a common one. Each target is
 * asked by itself, so that its own index serves it: all of them in one condition would read the whole table.
 */
export async function findFrequency(
  db: Queryable,
  table: Table,
  search: Search,
): Promise<'none' | 'rare' | 'common' | 'unknown'> {
  if (search.targets.length === 0) return 'none';
  if (table.key.length === 0) return 'unknown';
  const keys = keysSql(table, search);
  const [rows] = await db.query<RowDataPacket[]>(`SELECT COUNT(*) AS matches FROM (${keys.sql}) __found`, [
    ...keys.parameters,
  ]);
  const matches = Number(rows[0]?.matches);
  return matches === 0 ? 'none' : matches <= MOST_RARE ? 'rare' : 'common';
}

/** The keys of the rows that a search finds, each once; all of them where it is rare. */
export function keysSql(table: Table, { text, targets }: Search): SqlPart {
  return joinSql(
    targets.map((target) => keysOfTargetSql(table, target, text)),
    ' UNION ',
    '',
  );
}

function keysOfTargetSql(table: Table, target: SearchTarget, text: string): SqlPart {
  const name = quoteIdentifier(table.name);
  const keys = table.key.map((key) => `${name}.${quoteIdentifier(key)}`).join(', ');
  const limit = `LIMIT ${MOST_RARE + 1}`;
  if (target.in !== 'reference') {
    const { sql, parameters } = targetSql(target, text);
    return { sql: `(SELECT ${keys} FROM ${name} WHERE ${sql} ${limit})`, parameters };
  }
  // The rows pointed at first, in this order: what points at them is found by the index of the foreign key.
  const value = quoteIdentifier(target.valueColumn.name);
  const { sql, parameters } = containsSql(target.titleColumn, text);
  const titled = `SELECT DISTINCT ${value} AS referenced FROM ${quoteIdentifier(target.table)} WHERE ${sql}`;
  const joined = `(${titled}) __titled STRAIGHT_JOIN ${name} ON ${name}.${quoteIdentifier(target.column.name)} = __titled.referenced`;
  return { sql: `(SELECT ${keys} FROM ${joined} ${limit})`, parameters };
}
