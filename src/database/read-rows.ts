import { isVector, MOST_BLOB_BYTES } from './bytes-value.ts';
import { type JsonValue, type Parameter, readValue } from './column-value.ts';
import { type Filter, joinSql, keySql, type Search, whereSql } from './filter.ts';
import { aliasOf, quoteIdentifier, resultName } from './identifier.ts';
import type { Queryable, RowDataPacket } from './pool.ts';
import { decodeRecordId, encodeRecordId } from './record-id.ts';
import { keysSql, MOST_RARE } from './search-keys.ts';
import type { SqlPart } from './sql-part.ts';
import type { Column, Table } from './table.ts';

/** A row as JSON values by column name. */
export type Row = Record<string, JsonValue>;

/** Which rows of a table are asked for. */
export interface RowConditions {
  readonly filters: readonly Filter[];
  readonly search?: Search;
}

/** Beyond this many rows a count is not carried on: counting a million orders would take most of a list's time. */
export const COUNT_LIMIT = MOST_RARE;

/** The columns of `names`, and the key, which every row needs for its id. */
export function selectColumns(table: Table, names: readonly string[]): Column[] {
  return table.columns.filter((column) => names.includes(column.name) || table.key.includes(column.name));
}

/** How many rows match, counted no further than {@link COUNT_LIMIT} + 1. */
export async function countRows(db: Queryable, table: Table, query: RowConditions): Promise<number> {
  const { matches } = query.search ?? {};
  if (matches && query.filters.length === 0) return matches === 'many' ? COUNT_LIMIT + 1 : matches.length;
  const from = fromSql(table, query);
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT COUNT(*) AS matches FROM (SELECT 1 FROM ${from.sql} LIMIT ?) counted`,
    [...from.parameters, COUNT_LIMIT + 1],
  );
  return Number(rows[0]?.matches);
}

/** The rows with these record ids, in no particular order; ids that are none are passed over. */
export async function findRowsById(
  db: Queryable,
  table: Table,
  columns: readonly Column[],
  ids: readonly string[],
  lock: 'FOR UPDATE' | '' = '',
): Promise<Row[]> {
  const keys = ids.map((id) => decodeRecordId(table, id)).filter((key) => key !== null);
  return findRowsByKey(db, table, columns, keys, lock);
}

/** The bytes that a column holds in the row with this id: null where it holds none, undefined where no row has such. */
export async function findBytesById(
  db: Queryable,
  table: Table,
  column: Column,
  id: string,
): Promise<Buffer | null | undefined> {
  const key = decodeRecordId(table, id);
  if (!key || !['blob', 'binary'].includes(column.kind)) return undefined;
  const where = keySql(table, key);
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT CAST(${quoteIdentifier(column.name)} AS BINARY) AS bytes FROM ${quoteIdentifier(table.name)} WHERE ${where.sql}`,
    [...where.parameters],
  );
  return rows[0]?.bytes as Buffer | null | undefined;
}

/** The rows with these key values, in key order. */
export async function findRowsByKey(
  db: Queryable,
  table: Table,
  columns: readonly Column[],
  keys: readonly (readonly Parameter[])[],
  lock: 'FOR UPDATE' | '' = '',
): Promise<Row[]> {
  if (keys.length === 0) return [];
  const where = joinSql(
    keys.map((key) => keySql(table, key)),
    ' OR ',
    'FALSE',
  );
  const sql = `SELECT ${columns.map(selectSql).join(', ')} FROM ${quoteIdentifier(table.name)} WHERE ${where.sql} ${lock}`;
  return read(db, columns, sql, where.parameters);
}

/** The rows whose `valueColumn` is one of `values`: what foreign keys point at. */
export async function findRowsByValue(
  db: Queryable,
  table: Table,
  columns: readonly Column[],
  valueColumn: Column,
  values: readonly Parameter[],
): Promise<Row[]> {
  const where = whereSql([{ column: valueColumn, operator: 'in', value: values }]);
  const sql = `SELECT ${columns.map(selectSql).join(', ')} FROM ${quoteIdentifier(table.name)} WHERE ${where.sql}`;
  return read(db, columns, sql, where.parameters);
}

/** For each of `values` the row that the database takes it to point at: text may be spelt in another way there. */
export async function findRowByEachValue(
  db: Queryable,
  table: Table,
  columns: readonly Column[],
  valueColumn: Column,
  values: readonly Parameter[],
): Promise<(Row | null)[]> {
  if (values.length === 0) return [];
  const selects = values.map((value, index) => {
    const where = whereSql([{ column: valueColumn, operator: 'equals', value }]);
    const sql = `SELECT ${index} AS ${quoteIdentifier(ASKED)}, ${columns.map(selectSql).join(', ')} FROM ${quoteIdentifier(table.name)} WHERE ${where.sql}`;
    return { sql, parameters: where.parameters };
  });
  const { sql, parameters } = joinSql(selects, ' UNION ALL ', '');
  const [rows] = await db.query<RowDataPacket[]>(sql, [...parameters]);
  const byIndex = new Map(rows.map((row) => [Number(row[ASKED]), decodeRow(columns, row)]));
  return values.map((_value, index) => byIndex.get(index) ?? null);
}

const ASKED = aliasOf('asked');

/** The record id of a row that holds its key columns; '' where the table has no key. */
export function recordIdOf(table: Table, row: Readonly<Record<string, unknown>>): string {
  return table.key.length === 0 ? '' : encodeRecordId(table.key.map((name) => row[name]));
}

/** What stands after FROM: the table with the query's conditions, reached through the keys that a search has found. */
export function fromSql(table: Table, { filters, search }: RowConditions): SqlPart {
  const name = quoteIdentifier(table.name);
  if (!search?.matches || search.matches === 'many') {
    const where = whereSql(filters, search);
    return { sql: `${name} WHERE ${where.sql}`, parameters: where.parameters };
  }
  const found = keysSql(table, search.matches);
  const where = whereSql(filters);
  return {
    sql: `${found.sql} WHERE ${where.sql}`,
    parameters: [...found.parameters, ...where.parameters],
  };
}

/** A column as its values are read, see `readValue`. */
export function selectSql(column: Column): string {
  const value = readableSql(column);
  const name = quoteIdentifier(resultName(column.name));
  return value === name ? name : `${value} AS ${name}`;
}

function readableSql(column: Column): string {
  const name = quoteIdentifier(column.name);
  if (column.kind === 'blob') return blobSql(column);
  if (column.kind === 'geometry') return `ST_AsText(${name})`;
  if (column.kind === 'bit' || column.kind === 'boolean') return `${name} + 0`;
  // As it is, a FLOAT is told by six digits of its eight.
  return column.kind === 'float' ? `${name} + 0e0` : name;
}

/** The form that `readBlob` reads. */
function blobSql(column: Column): string {
  const name = quoteIdentifier(column.name);
  const bytes = isVector(column) ? "''" : `IF(LENGTH(${name}) > ${MOST_BLOB_BYTES}, '', ${name})`;
  return `CAST(CONCAT(LENGTH(${name}), ':', ${bytes}) AS BINARY)`;
}

async function read(
  db: Queryable,
  columns: readonly Column[],
  sql: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  const [rows] = await db.query<RowDataPacket[]>(sql, [...parameters]);
  return rows.map((row) => decodeRow(columns, row));
}

/** A row as the driver reads it, selected by {@link selectSql}, as JSON values. */
export function decodeRow(columns: readonly Column[], row: RowDataPacket): Row {
  return Object.fromEntries(
    columns.map((column) => [column.name, readValue(column, row[resultName(column.name)])]),
  );
}
