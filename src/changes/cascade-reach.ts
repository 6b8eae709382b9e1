import type { Table } from '../database/table.ts';

/** Which tables foreign keys may change without a word in the log, when rows of another are deleted or get a new key. */
export interface CascadeReach {
  readonly onDelete: ReadonlyMap<string, readonly string[]>;
  readonly onUpdate: ReadonlyMap<string, readonly string[]>;
}

/** Follows the foreign keys that do more than refuse, over any number of tables. */
export function findCascadeReach(tables: readonly Table[]): CascadeReach {
  const follow = (rule: 'onDelete' | 'onUpdate') =>
    new Map(tables.map(({ name }) => [name, reachOf(name, tables, rule)]));
  return { onDelete: follow('onDelete'), onUpdate: follow('onUpdate') };
}

function reachOf(parent: string, tables: readonly Table[], rule: 'onDelete' | 'onUpdate'): string[] {
  const reached = new Set<string>();
  const visit = (name: string) => {
    for (const table of tables) {
      const acts = table.foreignKeys.some((key) => key.referencedTable === name && key[rule] !== 'refuse');
      if (!acts || reached.has(table.name)) continue;
      reached.add(table.name);
      visit(table.name);
    }
  };
  visit(parent);
  return [...reached];
}

/** The columns of a table that others point at and follow: an update that leaves them alone reaches nobody. */
export function findFollowedColumns(parent: string, tables: readonly Table[]): Set<string> {
  const keys = tables.flatMap(({ foreignKeys }) => foreignKeys);
  return new Set(
    keys
      .filter((key) => key.referencedTable === parent && key.onUpdate !== 'refuse')
      .flatMap((key) => key.referencedColumns),
  );
}
