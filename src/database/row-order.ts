// Lists are walked by position, not by number: a page begins beyond the place where the one before ended, whatever others
// insert or delete meanwhile, and however deep it lies.
//
// The order is the sorted column, then the columns that follow it in an index, if one leads with it, then the key: a total
// order that an index may serve. A position holds the values of these columns as the database compares them, and not as
// they are shown: bytes of text, numbers of ENUMs, floats as doubles. Beyond a position lie, in this order, the rows that
// equal it in all columns but the last and lie beyond it there, then those that equal it in all but the last two, and so
// on: each of these stretches is one range of the index, which both servers find at once, as they do not find the whole of
// them joined by OR. NULLs come first where the order rises, and last where it falls.
//
// A long text counts by its beginning: neither a position nor the server's own sorting has room for more of it. Without a
// key the order ends with a digest of all that is shown of a row. Rows of one digest are the same to whoever
// sees them, so that it does not matter which of them is which: a position tells how many lie before it.
import { charsetOf } from './compared-value.ts';
import { joinSql } from './filter.ts';
import { quoteIdentifier } from './identifier.ts';
import type { SqlPart } from './sql-part.ts';
import { type Column, findColumn, type Table } from './table.ts';

export interface Sort {
  readonly column: string;
  readonly direction: 'asc' | 'desc';
}

/** By whose values rows follow one another. */
export interface RowOrder {
  readonly terms: readonly OrderTerm[];
  readonly direction: 'asc' | 'desc';
  /** The index that is in this order as far as it goes. */
  readonly index: string | null;
  /** Whether no two rows share a place: there is a key. */
  readonly isTotal: boolean;
}

/** A column, the beginning of a long one, or a digest of several. */
export type OrderTerm =
  | { readonly column: Column; readonly isPrefix: boolean }
  | { readonly digestOf: readonly Column[] };

/** A place in an order: the exact value of each of its terms, see {@link exactSql}. */
export interface Position {
  readonly values: readonly (string | null)[];
  /** The row's number among those that share this place, from 1; 0 where none do. */
  readonly number: number;
}

/** Where a page lies: beyond or before a position, or so many rows from the start or from the end. */
export type Place =
  | { readonly after: Position }
  | { readonly before: Position }
  | { readonly offset: number }
  | { readonly offsetFromEnd: number };

/** Of a longer text or bytes, what rows are put in order by. */
const PREFIX_LENGTH = 255;

/** Whether rows can be put into a column's order. */
export function isSortable({ kind }: Column): boolean {
  return !['blob', 'geometry', 'json'].includes(kind);
}

function isLong({ kind, maxLength }: Column): boolean {
  return kind === 'text' || (['string', 'binary'].includes(kind) && (maxLength ?? 0) > PREFIX_LENGTH);
}

/** The order of a list that shows these columns; a position must hold no value of any other. */
export function resolveOrder(table: Table, shown: readonly Column[], sort: Sort | null): RowOrder {
  const isShown = (name: string) => shown.some((column) => column.name === name);
  const isTotal = table.key.length > 0;
  const index =
    isTotal && sort
      ? table.indexes.find(({ columns: [first], columns }) => first === sort.column && columns.every(isShown))
      : undefined;
  const names = new Set([...(sort ? [sort.column] : []), ...(index?.columns ?? []), ...table.key]);
  const columns = [...names].map((name) => findColumn(table, name)).filter((column) => column !== undefined);
  return {
    terms: [
      ...columns.map((column) => ({ column, isPrefix: isLong(column) && !table.key.includes(column.name) })),
      ...(isTotal ? [] : [{ digestOf: shown }]),
    ],
    direction: sort?.direction ?? 'asc',
    index: index?.name ?? null,
    isTotal,
  };
}

/** The same rows from their end. */
export function reverseOrder(order: RowOrder): RowOrder {
  return { ...order, direction: order.direction === 'asc' ? 'desc' : 'asc' };
}

/** `ORDER BY …`, or nothing where all rows share a place. */
export function orderSql(table: Table, { terms, direction }: RowOrder): string {
  // A bare name would mean what is selected by it, such as `on_hold + 0`, which no index is in the order of.
  const of = `${quoteIdentifier(table.name)}.`;
  const parts = terms.map((term) => `${termSql(term, of)} ${direction.toUpperCase()}`);
  return parts.length > 0 ? `ORDER BY ${parts.join(', ')}` : '';
}

/** A term's value for a {@link Position}, as text: what is compared, to the last bit. */
export function exactSql(term: OrderTerm): string {
  const sql = termSql(term);
  return 'digestOf' in term ? sql : exactColumnSql(term.column, sql);
}

function exactColumnSql(column: Column, sql: string): string {
  if (isBytes(column)) return `HEX(${sql})`;
  // As text of its own MySQL cuts a double off after 22 letters; in JSON it has all of its digits.
  if (column.kind === 'float')
    return `IF(${sql} IS NULL, NULL, CAST(JSON_EXTRACT(JSON_ARRAY(${sql} + 0e0), '$[0]') AS CHAR))`;
  // Without a length, MySQL cuts off the last digit of a negative DECIMAL(1,1) in a join.
  return `CAST(${isNumber(column) ? `${sql} + 0` : sql} AS CHAR(${LONGEST_NUMBER}))`;
}

function termSql(term: OrderTerm, of = ''): string {
  if ('digestOf' in term) {
    const parts = term.digestOf.map((column) => `COALESCE(${digestedSql(column)}, '-')`);
    return `SHA2(CONCAT_WS('|', ${parts.join(', ')}), 256)`;
  }
  const name = `${of}${quoteIdentifier(term.column.name)}`;
  return term.isPrefix ? `LEFT(${name}, ${PREFIX_LENGTH})` : name;
}

/** A column's value as text that holds no '|' and is not long. */
function digestedSql(column: Column): string {
  const name = quoteIdentifier(column.name);
  if (column.kind === 'json') return `SHA2(CAST(${name} AS CHAR), 256)`;
  return isLong(column) || !isSortable(column) ? `SHA2(${name}, 256)` : exactColumnSql(column, name);
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
  const stretches = order.terms.map((term, index) => {
    const equal = order.terms.slice(0, index).map((other, at) => equalSql(other, values[at] ?? null));
    const rest = { ...order, terms: order.terms.slice(index) };
    return beyondOne(term, values[index] ?? null, order.direction).map((beyond) => ({
      where: joinSql([...equal, beyond], ' AND ', 'TRUE'),
      order: rest,
    }));
  });
  return stretches.reverse().flat();
}

/** The rows that share a position. */
export function sharingSql(order: RowOrder, { values }: Position): Stretch {
  const equal = order.terms.map((term, index) => equalSql(term, values[index] ?? null));
  return { where: joinSql(equal, ' AND ', 'TRUE'), order: { ...order, terms: [] } };
}

function beyondOne(term: OrderTerm, value: string | null, direction: RowOrder['direction']): SqlPart[] {
  const name = termSql(term);
  const beyond = direction === 'asc' ? '>' : '<';
  if ('digestOf' in term) return [{ sql: `${name} ${beyond} ?`, parameters: [value] }];
  if (value === null) return direction === 'asc' ? [{ sql: `${name} IS NOT NULL`, parameters: [] }] : [];
  const isNull = { sql: `${name} IS NULL`, parameters: [] };
  const { column } = term;
  const nulls = direction === 'desc' && column.nullable ? [isNull] : [];
  if (column.kind === 'enum') {
    // By number MariaDB finds single members by the index, and no range of them.
    const members = [...column.values.keys(), column.values.length].filter((number) =>
      direction === 'asc' ? number > Number(value) : number < Number(value),
    );
    return members.length > 0 ? [{ sql: `${name} IN (?)`, parameters: [members] }, ...nulls] : nulls;
  }
  const exact = valueSql(column, value);
  return [{ sql: `${name} ${beyond} ${exact.sql}`, parameters: exact.parameters }, ...nulls];
}

function equalSql(term: OrderTerm, value: string | null): SqlPart {
  const name = termSql(term);
  if (value === null) return { sql: `${name} IS NULL`, parameters: [] };
  const { sql, parameters } =
    'digestOf' in term ? { sql: '?', parameters: [value] } : valueSql(term.column, value);
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
  return { sql: encodeSql('?', collation), parameters: [bytes] };
}

function encodeSql(bytes: string, collation: string): string {
  return `CONVERT(${bytes} USING ${quoteIdentifier(charsetOf(collation))}) COLLATE ${quoteIdentifier(collation)}`;
}

/** Turns an exact value, which an SQL expression holds as text, into the type in which the column is compared. */
export function fromExactSql(column: Column, text: string): string {
  const { kind, collation } = column;
  if (isBytes(column)) return collation === null ? `UNHEX(${text})` : encodeSql(`UNHEX(${text})`, collation);
  switch (kind) {
    case 'decimal':
      return `CAST(${text} AS DECIMAL(${column.precision}, ${column.scale}))`;
    case 'float':
      return `(${text} + 0e0)`;
    case 'string':
      return text;
    case 'date':
      return `CAST(${text} AS DATE)`;
    case 'datetime':
    case 'time':
      return `CAST(${text} AS ${kind.toUpperCase()}(${column.scale}))`;
    default:
      return `CAST(${text} AS ${['integer', 'boolean'].includes(kind) && !column.unsigned ? 'SIGNED' : 'UNSIGNED'})`;
  }
}

/** Characters that the text of an exact value has at most. */
export function exactLength(column: Column): number {
  return isBytes(column) ? 2 * LONGEST_CHARACTER * (column.maxLength ?? LONGEST_KEY) : LONGEST_NUMBER;
}

const LONGEST_CHARACTER = 4;
/** In bytes, of InnoDB's indexes. */
const LONGEST_KEY = 3_072;
const LONGEST_NUMBER = 100;

/** Text and bytes; MariaDB's UUID and INET, which have no collation, are compared by what they are. */
function isBytes({ kind, collation }: Column): boolean {
  return ['binary', 'blob'].includes(kind) || (['string', 'text'].includes(kind) && collation !== null);
}

function isNumber({ kind }: Column): boolean {
  return ['enum', 'set', 'bit', 'boolean', 'year'].includes(kind);
}
