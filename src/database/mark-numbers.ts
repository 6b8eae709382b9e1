import { quoteIdentifier } from './identifier.ts';
import type { Queryable, RowDataPacket } from './pool.ts';
import type { Column, Table } from './table.ts';

/** Of each table, the newest by its key. */
const SAMPLE_ROWS = 1_000;

/**
 * The tables with those booleans marked that hold other numbers than 0 and 1: TINYINT(1) is what both servers make of
 * BOOLEAN, and what others keep marks from 0 to 5 in. A look at some rows of each table that has such columns.
 */
export function markNumbers(db: Queryable, tables: readonly Table[]): Promise<Table[]> {
  return Promise.all(tables.map((table) => markTable(db, table)));
}

async function markTable(db: Queryable, table: Table): Promise<Table> {
  const asked = table.columns.filter(
    ({ kind, sqlType }) => kind === 'boolean' && sqlType.startsWith('tinyint'),
  );
  if (asked.length === 0 || table.kind === 'view') return table;
  // A table that cannot be read is said to be so where somebody reads it: the others are drawn.
  const found = await findNumbers(db, table, asked).catch((): readonly Column[] => []);
  const mark = (column: Column) => (found.includes(column) ? { ...column, holdsNumbers: true } : column);
  return { ...table, columns: table.columns.map(mark) };
}

async function findNumbers(
  db: Queryable,
  table: Table,
  asked: readonly Column[],
): Promise<readonly Column[]> {
  const names = asked.map(({ name }) => quoteIdentifier(name));
  const tests = names.map((name, index) => `MAX(${name} NOT IN (0, 1)) AS ${quoteIdentifier(String(index))}`);
  const newest = table.key.map((name) => `${quoteIdentifier(name)} DESC`).join(', ');
  const order = newest === '' ? '' : ` ORDER BY ${newest}`;
  const sample = `SELECT ${names.join(', ')} FROM ${quoteIdentifier(table.name)}${order} LIMIT ${SAMPLE_ROWS}`;
  const [[row]] = await db.query<RowDataPacket[]>(`SELECT ${tests.join(', ')} FROM (${sample}) sample`);
  return asked.filter((_column, index) => Number(row?.[index]) === 1);
}
