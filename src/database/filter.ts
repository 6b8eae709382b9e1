import type { Parameter } from './column-value.ts';
import { comparedSql, isText } from './compared-value.ts';
import { quoteIdentifier } from './identifier.ts';
import type { SqlPart } from './sql-part.ts';
import { type Column, findColumn, type Table } from './table.ts';

/**
 * One condition on one column; `contains` is a part of the text, `from` and `to` are inclusive, `before` is not;
 * `members` are all in the set, beside others or not. `empty` is what has nothing to read: `null`, or else `blank`.
 */
export type Filter =
  | { column: Column; operator: 'equals' | 'from' | 'to' | 'before'; value: Parameter }
  | { column: Column; operator: 'contains'; value: string }
  | { column: Column; operator: 'in'; value: readonly Parameter[] }
  | { column: Column; operator: 'members'; value: readonly string[] }
  | { column: Column; operator: 'day'; value: Parameter; next: Parameter }
  | { column: Column; operator: 'empty' | 'filled' | 'null' | 'blank' };

/** The exact values of a row's key columns, see `exactSql` of row-order.ts. */
export type ExactKey = readonly string[];

/**
 * Where what is searched for may be found: in a text column, as a value of a key, among the numbers of a key, in the row
 * that a column points at, or, part by part, in several of these at once. `column` is the first that it is looked for in.
 */
export type SearchTarget =
  | { in: 'text'; column: Column; text: string }
  | { in: 'key'; column: Column; value: Parameter }
  | { in: 'ranges'; column: Column; ranges: readonly NumberRange[] }
  | { in: 'reference'; column: Column; table: string; valueColumn: Column; target: SearchTarget }
  | { in: 'parts'; column: Column; parts: readonly (readonly SearchTarget[])[] };

/** Both ends are within it. */
export type NumberRange = readonly [least: bigint, most: bigint];

export interface Search {
  readonly targets: readonly SearchTarget[];
  /** Where that has been looked up: the keys of all rows that it finds, unless they are many, see search-keys.ts. */
  readonly matches?: readonly ExactKey[] | 'many';
}

/** All conditions of `filters`, and any of the search's targets; `TRUE` for none. */
export function whereSql(filters: readonly Filter[], search?: Search): SqlPart {
  const parts = filters.map(filterSql);
  if (search) parts.push(searchSql(search));
  return joinSql(parts, ' AND ', 'TRUE');
}

function searchSql({ targets }: Pick<Search, 'targets'>): SqlPart {
  const { sql, parameters } = joinSql(targets.map(targetSql), ' OR ', 'FALSE');
  return { sql: `(${sql})`, parameters };
}

/** The condition that one target finds a row. */
export function targetSql(target: SearchTarget): SqlPart {
  const name = quoteIdentifier(target.column.name);
  switch (target.in) {
    case 'text':
      return containsSql(target.column, target.text);
    case 'key':
      return comparisonSql(target.column, '=', target.value);
    case 'ranges': {
      const ranges = target.ranges.map((range) => ({ sql: `${name} BETWEEN ? AND ?`, parameters: range }));
      const { sql, parameters } = joinSql(ranges, ' OR ', 'FALSE');
      return { sql: `(${sql})`, parameters };
    }
    case 'reference': {
      const found = targetSql(target.target);
      const values = `SELECT ${quoteIdentifier(target.valueColumn.name)} FROM ${quoteIdentifier(target.table)}`;
      return { sql: `${name} IN (${values} WHERE ${found.sql})`, parameters: found.parameters };
    }
    case 'parts':
      return joinSql(
        target.parts.map((targets) => searchSql({ targets })),
        ' AND ',
        'FALSE',
      );
  }
}

/** Puts parts between separators; `none` where there are none. */
export function joinSql(parts: readonly SqlPart[], separator: string, none: string): SqlPart {
  return {
    sql: parts.map(({ sql }) => sql).join(separator) || none,
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

const COMPARISONS = { equals: '=', from: '>=', to: '<=', before: '<' } as const;

function filterSql(filter: Filter): SqlPart {
  const { column } = filter;
  const name = quoteIdentifier(column.name);
  switch (filter.operator) {
    case 'contains':
      return containsSql(column, filter.value);
    case 'members': {
      const members = filter.value.map((value) => {
        const { sql, parameters } = comparedSql(column, value);
        return { sql: `FIND_IN_SET(${sql}, ${name}) > 0`, parameters };
      });
      return joinSql(members, ' AND ', 'TRUE');
    }
    case 'day':
      return { sql: `(${name} >= ? AND ${name} < ?)`, parameters: [filter.value, filter.next] };
    case 'null':
      return { sql: nullSql(column), parameters: [] };
    case 'blank':
      return { sql: blankSql(column) ?? 'FALSE', parameters: [] };
    case 'empty':
      return { sql: emptySql(column), parameters: [] };
    case 'filled':
      return { sql: `NOT ${emptySql(column)}`, parameters: [] };
    case 'in': {
      const values = filter.value.map((value) => comparedSql(column, value));
      const { sql, parameters } = joinSql(values, ', ', 'NULL');
      return { sql: `${name} IN (${sql})`, parameters };
    }
    default:
      return comparisonSql(column, COMPARISONS[filter.operator], filter.value);
  }
}

/** The condition that there is a value, and nothing in it to read; null where every value can be read. */
function blankSql(column: Column): string | null {
  const name = quoteIdentifier(column.name);
  if (isText(column) && column.collation !== null) return `CHAR_LENGTH(TRIM(${name})) = 0`;
  return ['binary', 'blob'].includes(column.kind) ? `LENGTH(${name}) = 0` : null;
}

function emptySql(column: Column): string {
  const blank = blankSql(column);
  return blank ? `(${nullSql(column)} OR ${blank})` : `(${nullSql(column)})`;
}

/** The servers call the day 0000-00-00 NULL as well where there can be none. */
function nullSql({ name, nullable }: Column): string {
  return nullable ? `${quoteIdentifier(name)} IS NULL` : 'FALSE';
}

function comparisonSql(column: Column, comparison: string, value: Parameter): SqlPart {
  const name = quoteIdentifier(column.name);
  const { sql, parameters } = comparedSql(column, value);
  return { sql: `${name} ${comparison} ${sql}`, parameters };
}

/** The condition that a row has these values of its key, in key order. */
export function keySql(table: Table, key: readonly Parameter[]): SqlPart {
  const parts = table.key.map((name, index) => {
    const column = findColumn(table, name);
    if (!column) throw new Error(`the key of ${table.name} names ${name}, which is no column of it`);
    const { sql, parameters } = comparedSql(column, key[index] ?? null);
    return { sql: `${quoteIdentifier(name)} = ${sql}`, parameters };
  });
  return joinSql(parts, ' AND ', 'FALSE');
}

/** The condition that a column holds a text somewhere. */
export function containsSql(column: Column, text: string): SqlPart {
  const name = quoteIdentifier(column.name);
  const pattern = `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
  if (!isText(column)) return { sql: `CAST(${name} AS CHAR) LIKE ?`, parameters: [pattern] };
  const { sql, parameters } = comparedSql(column, pattern);
  return { sql: `${isMissedByRange(column) ? `CONCAT(${name})` : name} LIKE ${sql}`, parameters };
}

/** MariaDB reads an index of these character sets for `LIKE '%…'` as far as U+FFFF alone. */
function isMissedByRange({ collation }: Column): boolean {
  return collation !== null && /^utf(?:16|32)/.test(collation);
}
