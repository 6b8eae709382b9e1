import type { Resource } from '../resources/resource.ts';
import type { Role } from '../resources/role.ts';
import type { SeenTables } from './seen-sql.ts';
import { type ColumnLimit, createTableViews, type TableViews } from './table-view.ts';

/** What a role sees of all tables: for readings of rows, and for SQL. */
export interface RoleSight {
  readonly views: TableViews;
  readonly tables: SeenTables;
}

/** `limit`: the only tables and columns that are seen at all, where there is such a limit. */
export function createRoleSight(
  resources: readonly Resource[],
  role: Role,
  limit: ColumnLimit | null = null,
): RoleSight {
  const views = createTableViews(resources, role, limit);
  const tables = resources.map(({ table }) => {
    const view = views.get(table.name);
    const hidden = table.columns.filter((column) => !view?.columns.includes(column));
    const seen = view ? { hidden: new Set(hidden.map(({ name }) => name.toLowerCase())) } : null;
    return [table.name.toLowerCase(), seen] as const;
  });
  return { views, tables: new Map(tables) };
}
