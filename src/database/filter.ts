import type { Parameter } from './column-value.ts';
import { quoteIdentifier } from './identifier.ts';
import type { Column } from './table.ts';

/** One condition on one column; `contains` is a part of the text, `from` and `to` are inclusive, `before` is not. */
export type Filter =
  | { column: Column; operator: 'equals' | 'from' | 'to' | 'before'; value: Parameter }
  | { column: Column; operator: 'contains' | 'member'; value: string }
  | { column: Column; operator: 'in'; value: readonly Parameter[] }
  | { column: Column; operator: 'empty' | 'filled' };

export interface SqlPart {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** The conditions of `filters` and a text searched for in any of `searchColumns`, joined by AND; `TRUE` for none. */
export function whereSql(
  filters: readonly Filter[],
  search?: { text: string; columns: readonly Column[] },
): SqlPart {
  const parts = filters.map(filterSql);
  if (search) {
    const alternatives = search.columns.map((column) => containsSql(column, search.text));
    parts.push({
      sql: `(${alternatives.map(({ sql }) => sql).join(' OR ') || 'FALSE'})`,
      parameters: alternatives.flatMap(({ parameters }) => parameters),
    });
  }
  return {
    sql: parts.map(({ sql }) => sql).join(' AND ') || 'TRUE',
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

const COMPARISONS = { equals: '=', from: '>=', to: '<=', before: '<' } as const;

function filterSql(filter: Filter): SqlPart {
  const name = quoteIdentifier(filter.column.name);
  switch (filter.operator) {
    case 'contains':
      return containsSql(filter.column, filter.value);
    case 'member':
      return { sql: `FIND_IN_SET(?, ${name}) > 0`, parameters: [filter.value] };
    case 'empty':
      return { sql: `${name} IS NULL`, parameters: [] };
    case 'filled':
      return { sql: `${name} IS NOT NULL`, parameters: [] };
    case 'in':
      return filter.value.length > 0
        ? { sql: `${name} IN (?)`, parameters: [filter.value] }
        : { sql: 'FALSE', parameters: [] };
    default:
      return comparisonSql(name, filter.column, COMPARISONS[filter.operator], filter.value);
  }
}

function comparisonSql(name: string, column: Column, comparison: string, value: Parameter): SqlPart {
  // A string beside a DECIMAL would be compared as a double, and a boolean may hold any number but 0.
  if (column.kind === 'decimal')
    return { sql: `${name} ${comparison} CAST(? AS DECIMAL(65,30))`, parameters: [value] };
  if (column.kind === 'boolean' && comparison === '=')
    return { sql: Number(value) === 0 ? `${name} = 0` : `${name} <> 0`, parameters: [] };
  return { sql: `${name} ${comparison} ?`, parameters: [value] };
}

function containsSql(column: Column, text: string): SqlPart {
  const name = quoteIdentifier(column.name);
  const isText = ['string', 'text', 'enum', 'set'].includes(column.kind);
  return {
    sql: `${isText ? name : `CAST(${name} AS CHAR)`} LIKE ?`,
    parameters: [`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`],
  };
}
