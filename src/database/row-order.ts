// Lists are walked by position, not by number: a page begins beyond the place where the one before ended, whatever others
// insert or delete meanwhile, and however deep it lies.
//
// The order is the sorted column, then the columns that follow it in an index, if one leads with it, then the key: a total
// order that an index may serve. A position holds the values of these columns as the database compares them, and not as
// they are shown: bytes of text, numbers of ENUMs, floats as doubles. Beyond a position lie, in this order, the rows that
// equal it in all columns but the last and lie beyond it there, then those that equal it in all but the last two, and so
// on: each of these stretches is one range of the index, which both servers find at once, as they do not find the whole of
// them joined by OR. NULLs come first where the order rises, and last where it falls.
import { joinSql, type SqlPart } from './filter.ts';
import { quoteIdentifier } from './identifier.ts';
import { type Column, findColumn, type Table } from './table.ts';

export interface Sort {
  readonly column: string;
  readonly direction: 'asc' | 'desc';
}

/** Columns by whose values rows follow one another. */
export interface RowOrder {
  readonly columns: readonly Column[];
  readonly direction: 'asc' | 'desc';
  /** The index that is in this order as far as it goes. */
  readonly index: string | null;
  /** Whether no two rows share a place: there is a key. */
  readonly isTotal: boolean;
}

/** A place in an order: the exact value of each of its columns, see {@link exactSql}. */
export interface Position {
  readonly values: readonly (string | null)[];
  /** Of rows that share this place: how many of them lie before it. */
  readonly passed: number;
}

/** Whether rows can be put into a column's order. */
export function isOrdered({ kind }: Column): boolean {
  return !['blob', 'geometry', 'json', 'text'].includes(kind);
}

/**
 * The order of a list that shows these columns; a position must hold no value of any other. Without a key, rows are told
 * apart as far as their columns have an order.
 */
export function resolveOrder(table: Table, shown: readonly Column[], sort: Sort | null): RowOrder {
  const isShown = (name: string) => shown.some((column) => column.name === name);
  const index =
    sort &&
    table.indexes.find(({ columns: [first], columns }) => first === sort.column && columns.every(isShown));
  const rest = table.key.length > 0 ? table.key : shown.map(({ name }) => name);
  const names = [...new Set([...(sort ? [sort.column] : []), ...(index?.columns ?? []), ...rest])];
  const columns = names.map((name) => findColumn(table, name)).filter((column) => column !== undefined);
  return {
    columns: columns.filter((column) => isOrdered(column) || table.key.includes(column.name)),
    direction: sort?.direction ?? 'asc',
    index: index?.name ?? null,
    isTotal: table.key.length > 0,
  };
}

/** The same rows from their end. */
export function reverseOrder(order: RowOrder): RowOrder {
  return { ...order, direction: order.direction === 'asc' ? 'desc' : 'asc' };
}

/** `ORDER BY …`, or nothing where no column has an order. */
export function orderSql(table: Table, { columns, direction }: RowOrder): string {
  // A bare name would mean what is selected by it, such as `on_hold + 0`, which no index is in the order of.
  const of = quoteIdentifier(table.name);
  const parts = columns.map(({ name }) => `${of}.${quoteIdentifier(name)} ${direction.toUpperCase()}`);
  return parts.length > 0 ? `ORDER BY ${parts.join(', ')}` : '';
}

/** A column's value for a {@link Position}, as text: what is compared, to the last bit. */
export function exactSql(column: Column): string {
  const name = quoteIdentifier(column.name);
  if (isBytes(column)) return `HEX(${name})`;
  if (column.kind === 'float') return `CAST(${name} + 0e0 AS CHAR)`;
  return isNumber(column) ? `CAST(${name} + 0 AS CHAR)` : `CAST(${name} AS CHAR)`;
}

/** Rows that follow one another in one range of an index. */
export interface Stretch {
  /** Null: all rows. */
  readonly where: SqlPart | null;
  /** By the columns that differ within it: sorted by one that is fixed, MariaDB does not read along the index. */
  readonly order: RowOrder;
}

/** The stretches of rows beyond a position, in the order in which they follow. */
export function beyondSql(order: RowOrder, { values }: Position): Stretch[] {
  const stretches = order.columns.map((column, index) => {
    const equal = order.columns.slice(0, index).map((other, at) => equalSql(other, values[at] ?? null));
    const rest = { ...order, columns: order.columns.slice(index) };
    return beyondOne(column, values[index] ?? null, order.direction).map((beyond) => ({
      where: joinSql([...equal, beyond], ' AND ', 'TRUE'),
      order: rest,
    }));
  });
  return stretches.reverse().flat();
}

/** The rows that share a position. */
export function sharingSql(order: RowOrder, { values }: Position): Stretch {
  const equal = order.columns.map((column, index) => equalSql(column, values[index] ?? null));
  return { where: joinSql(equal, ' AND ', 'TRUE'), order: { ...order, columns: [] } };
}

function beyondOne(column: Column, value: string | null, direction: RowOrder['direction']): SqlPart[] {
  const name = quoteIdentifier(column.name);
  if (value === null) return direction === 'asc' ? [{ sql: `${name} IS NOT NULL`, parameters: [] }] : [];
  const isNull = { sql: `${name} IS NULL`, parameters: [] };
  const nulls = direction === 'desc' && column.nullable ? [isNull] : [];
  if (column.kind === 'enum') {
    // By number MariaDB finds single members by the index, and no range of them.
    const members = [...column.values.keys(), column.values.length].filter((number) =>
      direction === 'asc' ? number > Number(value) : number < Number(value),
    );
    return members.length > 0 ? [{ sql: `${name} IN (?)`, parameters: [members] }, ...nulls] : nulls;
  }
  const exact = valueSql(column, value);
  const beyond = direction === 'asc' ? '>' : '<';
  return [{ sql: `${name} ${beyond} ${exact.sql}`, parameters: exact.parameters }, ...nulls];
}

function equalSql(column: Column, value: string | null): SqlPart {
  const name = quoteIdentifier(column.name);
  if (value === null) return { sql: `${name} IS NULL`, parameters: [] };
  const { sql, parameters } = valueSql(column, value);
  return { sql: `${name} = ${sql}`, parameters };
}

/** An exact value in the type in which the column is compared. */
function valueSql(column: Column, value: string): SqlPart {
  const as = (sql: string): SqlPart => ({ sql, parameters: [value] });
  if (isBytes(column)) return bytesSql(column, Buffer.from(value, 'hex'));
  switch (column.kind) {
    case 'decimal':
      return as(`CAST(? AS DECIMAL(${column.precision}, ${column.scale}))`);
    case 'float':
      return as('(? + 0e0)');
    case 'string':
    case 'date':
    case 'datetime':
    case 'time':
      return as('?');
    default:
      return as(value.startsWith('-') ? 'CAST(? AS SIGNED)' : 'CAST(? AS UNSIGNED)');
  }
}

function bytesSql({ collation }: Column, bytes: Buffer): SqlPart {
  if (collation === null) return { sql: '?', parameters: [bytes] };
  const charset = collation.split('_')[0] ?? collation;
  const sql = `CONVERT(? USING ${quoteIdentifier(charset)}) COLLATE ${quoteIdentifier(collation)}`;
  return { sql, parameters: [bytes] };
}

/** Text and bytes; MariaDB's UUID and INET, which have no collation, are compared by what they are. */
function isBytes({ kind, collation }: Column): boolean {
  return ['binary', 'blob'].includes(kind) || (['string', 'text'].includes(kind) && collation !== null);
}

function isNumber({ kind }: Column): boolean {
  return ['enum', 'set', 'bit', 'boolean', 'year'].includes(kind);
}
