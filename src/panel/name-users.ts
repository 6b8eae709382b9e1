import { parseValue } from '../database/column-value.ts';
import type { Filter } from '../database/filter.ts';
import type { Queryable } from '../database/pool.ts';
import { type ForeignKey, findColumn } from '../database/table.ts';
import { type Refusal, refuse } from '../errors.ts';
import { TableReader, type ViewedRow } from './table-reader.ts';
import type { TableView, TableViews } from './table-view.ts';

const MOST_NAMED = 3;

/**
 * A refusal to delete a row that others point at, with the names of some of them as far as this role sees them; those
 * among `ids` go with it, and are none. `refusal` itself where none are seen.
 */
export async function nameUsers(
  db: Queryable,
  views: TableViews,
  view: TableView,
  refused: { readonly id: string; readonly ids: readonly string[]; readonly refusal: Refusal },
): Promise<Refusal> {
  const [row] = await new TableReader(db, views, view).findByIds([refused.id]);
  if (!row) return refused.refusal;
  for (const user of views.values()) {
    for (const key of user.table.foreignKeys) {
      if (key.referencedTable !== view.table.name || key.onDelete !== 'refuse') continue;
      const users = await findUsers(new TableReader(db, views, user), user, key, row);
      const others = users.filter(({ id }) => user.table !== view.table || !refused.ids.includes(id));
      if (others.length > 0) return describeUsers(row, user, others, refused.refusal);
    }
  }
  return refused.refusal;
}

async function findUsers(
  reader: TableReader,
  { table, columns }: TableView,
  key: ForeignKey,
  row: ViewedRow,
): Promise<ViewedRow[]> {
  const filters = key.columns.map((name, index): Filter | null => {
    const column = columns.find((candidate) => candidate.name === name);
    const value = row.params[key.referencedColumns[index] ?? ''] ?? null;
    const parsed = column && value !== null ? parseValue(column, value) : null;
    return column && parsed?.ok ? { column, operator: 'equals', value: parsed.value } : null;
  });
  const known = filters.filter((filter) => filter !== null);
  if (known.length < filters.length || !findColumn(table, key.columns[0] ?? '')) return [];
  return reader.findPlain({ filters: known, sort: null, limit: 500, offset: 0 });
}

function describeUsers(
  row: ViewedRow,
  { resource }: TableView,
  users: readonly ViewedRow[],
  refusal: Refusal,
): Refusal {
  const named = users.slice(0, MOST_NAMED).map(({ title }) => `'${title}'`);
  const more = users.length > MOST_NAMED ? ' and others' : '';
  const label = resource.label.toLowerCase();
  return refuse(
    refusal.code,
    `'${row.title}' is still used by ${label}: ${named.join(', ')}${more}. Remove those first.`,
  );
}
