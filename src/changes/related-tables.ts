import type { Table } from '../database/table.ts';

/** The tables that hang together with a table by foreign keys in either direction, over any number of steps. */
export function findRelatedTables(name: string, tables: readonly Table[]): string[] {
  const related = new Set([name]);
  for (const current of related) {
    for (const table of tables)
      for (const { referencedTable } of table.foreignKeys) {
        if (table.name === current) related.add(referencedTable);
        if (referencedTable === current) related.add(table.name);
      }
  }
  return [...related];
}
