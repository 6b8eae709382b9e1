import type { Problem } from '../errors.ts';
import type { Migration } from './migration-files.ts';
import type { Queryable, RowDataPacket } from './pool.ts';
import { findNoun, splitScript, wordOf } from './sql-script.ts';
import type { SqlToken } from './tokenize-sql.ts';

/** What the server runs by itself, and a copy of a schema may leave out without a word. */
interface Program {
  readonly noun: string;
  readonly name: string;
  /** A trigger's. */
  readonly table: string | null;
  readonly migration: string;
}

/** What lets an account see that one is there. */
const SEEN_BY: Readonly<Record<string, string>> = {
  TRIGGER: 'TRIGGER',
  PROCEDURE: 'EXECUTE',
  FUNCTION: 'EXECUTE',
  EVENT: 'EVENT',
};
const PROGRAMS_SQL = `
  SELECT 'TRIGGER' AS noun, trigger_name AS name FROM information_schema.triggers WHERE trigger_schema = DATABASE()
  UNION ALL SELECT routine_type, routine_name FROM information_schema.routines WHERE routine_schema = DATABASE()
  UNION ALL SELECT 'EVENT', event_name FROM information_schema.events WHERE event_schema = DATABASE()`;
const PRIVILEGES_SQL = `
  SELECT privilege_type AS privilege FROM information_schema.user_privileges
  UNION SELECT privilege_type FROM information_schema.schema_privileges WHERE DATABASE() LIKE table_schema`;
const NAME_PREFIXES = new Set(['IF', 'NOT', 'EXISTS']);

/**
 * Checks that the triggers, routines and events are there that these migrations made: a schema that was copied without
 * them looks whole, and keeps its rules no longer. Those that this account may not see are passed over.
 */
export async function checkMigratedPrograms(
  db: Queryable,
  migrations: readonly Migration[],
): Promise<Problem[]> {
  const made = findMadePrograms(migrations);
  if (made.length === 0) return [];
  const read = async (sql: string) => (await db.query<RowDataPacket[]>(sql))[0];
  const privileges = new Set((await read(PRIVILEGES_SQL)).map(({ privilege }) => privilege));
  const present = new Set((await read(PROGRAMS_SQL)).map(({ noun, name }) => keyOf(noun, name)));
  const missing = made.filter(
    ({ noun, name }) => privileges.has(SEEN_BY[noun]) && !present.has(keyOf(noun, name)),
  );
  return migrations.flatMap(({ name }) => {
    const programs = missing.filter(({ migration }) => migration === name);
    return programs.length > 0 ? [programsMissing(name, programs)] : [];
  });
}

/** The triggers, routines and events that are there once these migrations have run, by their texts. */
export function findMadePrograms(migrations: readonly Migration[]): Program[] {
  const made = new Map<string, Program>();
  for (const { name: migration, sql } of migrations)
    for (const { tokens } of splitScript(sql)) {
      const verb = wordOf(tokens[0]);
      const found = verb === 'CREATE' || verb === 'DROP' ? findNoun(tokens) : null;
      if (!found) continue;
      const { noun } = found;
      const names = tokens.slice(found.index + 1).filter((token) => !NAME_PREFIXES.has(wordOf(token)));
      const name = (names[1]?.text === '.' ? names[2] : names[0])?.text ?? '';
      if (verb === 'DROP') drop(made, noun, name);
      else if (SEEN_BY[noun])
        made.set(keyOf(noun, name), { noun, name, table: tableOf(noun, names), migration });
    }
  return [...made.values()];
}

function tableOf(noun: string, tokens: readonly SqlToken[]): string | null {
  if (noun !== 'TRIGGER') return null;
  const on = tokens.findIndex((token) => wordOf(token) === 'ON');
  return tokens[on + 1]?.text ?? null;
}

/** A table takes its triggers along. */
function drop(made: Map<string, Program>, noun: string, name: string): void {
  made.delete(keyOf(noun, name));
  if (noun !== 'TABLE') return;
  for (const [key, { table }] of made) if (table === name) made.delete(key);
}

function keyOf(noun: unknown, name: unknown): string {
  return `${noun} ${name}`.toLowerCase();
}

function programsMissing(migration: string, programs: readonly Program[]): Problem {
  const names = programs.map(({ noun, name }) => `${noun.toLowerCase()} ${name}`).join(', ');
  return {
    code: 'programs_missing',
    where: `migrations/${migration}`,
    message: `has run, and the schema lacks what it made: ${names}. A copy may have left it out.`,
    fix: 'Copy the schema anew with `mysqldump --triggers --routines --events`, or run their CREATE statements of that file by hand, as the account that migrates.',
  };
}
