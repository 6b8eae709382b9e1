import { ACTIVITY_DETAILS, decodeActor, projectActivity } from '../database/activity.ts';
import type { Queryable, RowDataPacket } from '../database/pool.ts';
import type { ActivitySearch, ReadContext, SeenActivity } from '../resources/panel-context.ts';
import { seesAll } from './sees-all.ts';
import type { TableViews } from './table-view.ts';

/** How far back activity is looked through where no rows are named. */
const ACTIVITIES_SEEN = 500;
const EVERY = Number.MAX_SAFE_INTEGER;
const COLUMNS = 'id, at, actor_id, actor_name, actor_role, action, table_name, record_id, details';

/** Reads what was done with a table's rows, newest first; nothing of one that may not be seen. */
export async function findSeenActivity(
  db: Queryable,
  views: TableViews,
  sees: ReadContext['sees'],
  tableName: string,
  { facts = {}, ...search }: ActivitySearch,
): Promise<SeenActivity[]> {
  if (!views.has(tableName) || search.ids?.length === 0) return [];
  const readableOf = (table: string) => views.get(table)?.columns.map(({ name }) => name) ?? null;
  const mayTell = (name: string) =>
    name === 'before' || name === 'after' || (Object.hasOwn(facts, name) && seesAll(sees, facts[name] ?? []));
  return (await findRows(db, tableName, search)).map((row) => {
    const details = JSON.parse(projectActivity(row, readableOf)[ACTIVITY_DETAILS] ?? '{}') as object;
    return {
      id: String(row.id),
      at: `${String(row.at).replace(' ', 'T')}Z`,
      actor: decodeActor(row),
      action: row.action,
      recordId: row.record_id,
      details: Object.fromEntries(Object.entries(details).filter(([name]) => mayTell(name))),
    };
  });
}

async function findRows(
  db: Queryable,
  tableName: string,
  { ids, action, except, newest = EVERY }: ActivitySearch,
): Promise<RowDataPacket[]> {
  const from = ids
    ? 'panel_activity'
    : `(SELECT ${COLUMNS} FROM panel_activity ORDER BY id DESC LIMIT ${ACTIVITIES_SEEN}) latest`;
  const conditions: [sql: string, value: unknown][] = [['table_name = ?', tableName]];
  if (ids) conditions.push(['record_id IN (?)', ids.map(String)]);
  if (action !== undefined) conditions.push(['action = ?', action]);
  if (except !== undefined) conditions.push(['action <> ?', except]);
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT ${COLUMNS} FROM ${from} WHERE ${conditions.map(([sql]) => sql).join(' AND ')} ORDER BY id DESC LIMIT ?`,
    [...conditions.map(([, value]) => value), newest],
  );
  return rows;
}
