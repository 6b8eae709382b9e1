import { type JsonValue, readValue } from './column-value.ts';
import { quoteIdentifier, resultName } from './identifier.ts';
import type { Queryable, RowDataPacket } from './pool.ts';
import { selectSql } from './read-rows.ts';
import type { Column, Table } from './table.ts';

/** In the place of a row's number among those asked for; no table has such a column. */
const NUMBER = quoteIdentifier('number of the asked row');

/** The columns that {@link computeColumns} needs the values of; null where one of them cannot be given to a server. */
export function findComputeInputs(table: Table): Column[] | null {
  const computed = computedColumns(table);
  if (computed.some(({ kind }) => kind === 'geometry')) return null;
  const inputs = table.columns.filter(
    (column) => column.expression === null && computed.some(({ expression }) => mentions(expression, column)),
  );
  return inputs.some(({ kind }) => kind === 'blob' || kind === 'geometry') ? null : inputs;
}

/**
 * Has the server compute the generated columns of rows from the values of the others, as it does itself when it writes
 * them; `rows` hold the values of `inputs`, as the driver reads them. The table's own columns give the types.
 */
export async function computeColumns(
  db: Queryable,
  table: Table,
  inputs: readonly Column[],
  rows: readonly (readonly unknown[])[],
): Promise<Record<string, JsonValue>[]> {
  if (rows.length === 0) return [];
  const computed = computedColumns(table);
  const columns = inputs.map(({ name }) => `, ${quoteIdentifier(name)}`).join('');
  const values = inputs.map((column) => `, ${valueSql(column)}`).join('');
  const given = `SELECT 0 AS ${NUMBER}${columns} FROM ${quoteIdentifier(table.name)} WHERE FALSE${rows
    .map(() => ` UNION ALL SELECT ?${values}`)
    .join('')}`;
  const chosen = computed.map(computedSql).join(', ');
  const sql = `SELECT ${NUMBER} AS number, ${chosen} FROM (${addComputed(given, computed)}) computed ORDER BY number`;
  const [found] = await db.query<RowDataPacket[]>(
    sql,
    rows.flatMap((row, index) => [index, ...row]),
  );
  if (found.length !== rows.length)
    throw new Error(`The server computed ${found.length} of ${rows.length} rows.`);
  return found.map((row) =>
    Object.fromEntries(
      computed.map((column) => [column.name, readValue(column, row[resultName(column.name)])]),
    ),
  );
}

function computedColumns(table: Table): Column[] {
  return table.columns.filter(({ expression }) => expression !== null);
}

function mentions(expression: string | null, { name }: Column): boolean {
  return expression?.toLowerCase().includes(quoteIdentifier(name).toLowerCase()) ?? false;
}

/** Adds columns, those first that need no other one that is still to come. */
function addComputed(sql: string, columns: readonly Column[]): string {
  if (columns.length === 0) return sql;
  const isReady = ({ expression }: Column) => !columns.some((other) => mentions(expression, other));
  const ready = columns.filter(isReady);
  if (ready.length === 0) throw new Error('Generated columns need each other.');
  const added = ready.map(({ name, expression }) => `, (${expression}) AS ${quoteIdentifier(name)}`).join('');
  return addComputed(
    `SELECT given.*${added} FROM (${sql}) given`,
    columns.filter((column) => !isReady(column)),
  );
}

/** A bound value in the type of its column: as text, it would compare and add otherwise. */
function valueSql(column: Column): string {
  switch (column.kind) {
    case 'decimal':
      return `CAST(? AS DECIMAL(${column.precision}, ${column.scale}))`;
    case 'date':
      return 'CAST(? AS DATE)';
    case 'datetime':
      return `CAST(? AS DATETIME(${column.scale}))`;
    case 'time':
      return `CAST(? AS TIME(${column.scale}))`;
    default:
      return '?';
  }
}

/** The value as the column would keep it. */
function computedSql(column: Column): string {
  const name = quoteIdentifier(column.name);
  return column.kind === 'decimal'
    ? `CAST(${name} AS DECIMAL(${column.precision}, ${column.scale})) AS ${quoteIdentifier(resultName(column.name))}`
    : selectSql(column);
}
