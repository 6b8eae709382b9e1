import type { TablesFinding } from './fuzz-tables.ts';
import { scriptTables } from './table-sql.ts';

/** A finding in words, with the statements that make the least tables that show it. */
export function printTablesFinding({ kind, detail, seed, tables }: TablesFinding): string {
  const statements = scriptTables(tables).flatMap(({ create, fill, views }) => [
    ...create,
    ...fill,
    ...views,
  ]);
  const script = statements.map((sql) => `${sql};`).join('\n  ');
  return `${kind}, seed ${seed}\n  ${detail}\n  ${script}`;
}
