import type { Queryable, RowDataPacket } from './pool.ts';

/** What makes a statement change other tables than those that it names. */
export interface StatementParts {
  /** By the table or view that they stand on: what they run, or select. */
  readonly triggers: readonly { readonly name: string; readonly body: string }[];
  readonly views: readonly { readonly name: string; readonly body: string }[];
  readonly routines: readonly string[];
  /** False where triggers may be hidden from this account. */
  readonly seesTriggers: boolean;
}

const TRIGGERS_SQL = `SELECT event_object_table AS name, action_statement AS body
  FROM information_schema.triggers WHERE trigger_schema = DATABASE()`;
const VIEWS_SQL = `SELECT table_name AS name, view_definition AS body
  FROM information_schema.views WHERE table_schema = DATABASE()`;
const ROUTINES_SQL = `SELECT routine_name AS name FROM information_schema.routines WHERE routine_schema = DATABASE()`;
const TRIGGER_GRANT_SQL = `SELECT 1 FROM information_schema.user_privileges WHERE privilege_type = 'TRIGGER'
  UNION ALL SELECT 1 FROM information_schema.schema_privileges
    WHERE privilege_type = 'TRIGGER' AND DATABASE() LIKE table_schema`;

/** Reads the triggers, views and routines of the connection's schema. */
export async function findStatementParts(db: Queryable): Promise<StatementParts> {
  const read = async (sql: string) => (await db.query<RowDataPacket[]>(sql))[0];
  const bodies = async (sql: string) =>
    (await read(sql)).map(({ name, body }) => ({ name: String(name), body: String(body ?? '') }));
  return {
    triggers: await bodies(TRIGGERS_SQL),
    views: await bodies(VIEWS_SQL),
    routines: (await read(ROUTINES_SQL)).map(({ name }) => String(name)),
    seesTriggers: (await read(TRIGGER_GRANT_SQL)).length > 0,
  };
}
