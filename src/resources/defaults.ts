import { isSortable } from '../database/row-order.ts';
import { type Column, findReference, type Table } from '../database/table.ts';
import { isFilterable, isShort, isShortText } from './column-use.ts';
import type { Format } from './define.ts';
import { splitWords } from './humanize.ts';
import type { Resource } from './resource.ts';
import { isSecretName } from './secret.ts';

const MAX_LIST_COLUMNS = 8;

const TITLE_NAMES = [
  'name',
  'title',
  'label',
  'full_name',
  'display_name',
  'username',
  'email',
  'subject',
  'code',
  'sku',
  'number',
  'slug',
];

const MONEY_WORDS = new Set(['amount', 'balance', 'cost', 'fee', 'price', 'salary', 'subtotal', 'total']);

/** The column that names a row best; null where only its key tells it from others. */
export function guessTitle(table: Table): string | null {
  const candidates = table.columns.filter(
    (column) =>
      isShortText(column) && !isSecretName(column.name) && findReference(table, column.name) === undefined,
  );
  const isUnique = ({ name, nullable }: Column) =>
    !nullable && table.uniqueKeys.some(({ columns }) => columns.length === 1 && columns[0] === name);
  const named = TITLE_NAMES.map((name) => candidates.find((column) => column.name.toLowerCase() === name));
  const known = named.find(Boolean);
  // A row between others, such as an actor's role in a film, is best called after those.
  const isBetween = table.key.length > 1 && table.key.some((name) => findReference(table, name));
  if (known || isBetween) return known?.name ?? null;
  const guess =
    candidates.find(({ name }) => /_(name|title|label)$/i.test(name)) ??
    candidates.find(isUnique) ??
    candidates.find(({ nullable }) => !nullable);
  return guess?.name ?? null;
}

/** The title and the columns after it that fit on one line; the key first where there is no title. */
export function guessListColumns(columns: readonly Column[], table: Table, title: string | null): string[] {
  const leaders = title === null ? table.key : [title];
  const isRowNumber = (column: Column) => column.autoIncrement && title !== null;
  const others = columns.filter((column) => isShort(column) && !isRowNumber(column)).map(({ name }) => name);
  const known = leaders.filter((leader) => columns.some(({ name }) => name === leader));
  return [...new Set([...known, ...others])].slice(0, MAX_LIST_COLUMNS);
}

/** Columns a filter makes sense on. */
export function guessFilters(columns: readonly Column[]): string[] {
  return columns.filter(isFilterable).map(({ name }) => name);
}

/** Newest first where the key counts up; else by the title where an index helps, else by the key. */
export function guessSort(table: Table, title: string | null): Resource['sort'] {
  const counter = table.columns.find(({ name, autoIncrement }) => autoIncrement && table.key.includes(name));
  if (counter) return { column: counter.name, direction: 'desc' };
  const isTitleCheap = title !== null && (table.key.length === 0 || table.indexedColumns.includes(title));
  const sortableKey = table.columns.find((column) => column.name === table.key[0] && isSortable(column));
  const column = isTitleCheap ? title : sortableKey?.name;
  return column === undefined ? null : { column, direction: 'asc' };
}

/** A format the column's name and type suggest; null for what the type alone says. */
export function guessFormat(column: Column): Format | null {
  const last = splitWords(column.name).at(-1) ?? '';
  if (column.kind === 'decimal' && column.scale === 2 && MONEY_WORDS.has(last)) return 'money';
  if (isShortText(column) && last === 'email') return 'email';
  return null;
}
