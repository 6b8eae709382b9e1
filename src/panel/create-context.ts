import type { Actor } from '../database/activity.ts';
import type { Pool, Queryable } from '../database/pool.ts';
import type { PanelContext, ReadContext } from '../resources/panel-context.ts';
import type { RoleSight } from './role-sight.ts';
import { findSeenActivity } from './seen-activity.ts';
import { createRowReads } from './seen-rows.ts';
import { guardReads, HiddenFromRoleError } from './seen-sql.ts';
import { withholdQuoted } from './withhold-quoted.ts';

/** Gives what a role sees, and nothing else, to code that reads; `db` is a pool or one consistent state. */
export function createReadContext(db: Queryable, { views, tables }: RoleSight): ReadContext {
  const guarded = guardReads(db, tables);
  const sees: ReadContext['sees'] = (table, ...columns) => {
    const seen = views.get(table)?.columns;
    return seen !== undefined && columns.every((name) => seen.some((column) => column.name === name));
  };
  return {
    sees,
    rows: (table) => createRowReads(db, views, table),
    activity: (table, search) => findSeenActivity(db, views, sees, table, search),
    figure: async (read) => {
      try {
        return await read(guarded);
      } catch (error) {
        if (error instanceof HiddenFromRoleError) return null;
        throw error;
      }
    },
  };
}

/** What the code of a resource file is given for somebody who is signed in. */
export function createPanelContext(pool: Pool, sight: RoleSight, actor: Actor): PanelContext {
  const reads = createReadContext(pool, sight);
  return {
    ...reads,
    actor,
    run: async (work, input) => withholdQuoted(await work(pool, actor, input), reads.sees),
  };
}
