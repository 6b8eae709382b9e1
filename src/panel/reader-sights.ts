import type { Queryable } from '../database/pool.ts';
import type { ReadContext } from '../resources/panel-context.ts';
import type { Resource } from '../resources/resource.ts';
import type { Role } from '../resources/role.ts';
import { createReadContext } from './create-context.ts';
import { createRoleSight, type RoleSight } from './role-sight.ts';
import type { ColumnLimit } from './table-view.ts';

/** Whoever reads: a role, and the only tables and columns that are seen at all, where there is such a limit. */
export interface Reader {
  readonly role: string;
  readonly tables: ColumnLimit | null;
}

/** What a reader sees. */
export interface ReaderSight {
  /** Those who see the same have the same key. */
  readonly key: string;
  readOn(db: Queryable): ReadContext;
}

/** Tells what readers see, each of whom is worked out once. */
export function createReaderSights(resources: readonly Resource[]): (reader: Reader) => ReaderSight {
  const known = new Map<string, ReaderSight>();
  return ({ role, tables }) => {
    const reader = JSON.stringify([role, tables]);
    const sight = known.get(reader) ?? toReaderSight(createRoleSight(resources, role as Role, tables));
    known.set(reader, sight);
    return sight;
  };
}

function toReaderSight(sight: RoleSight): ReaderSight {
  const columns = [...sight.views.values()].map((view) => [
    view.table.name,
    view.columns.map(({ name }) => name),
  ]);
  return { key: JSON.stringify(columns), readOn: (db) => createReadContext(db, sight) };
}
