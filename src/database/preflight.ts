import type { Problem } from '../errors.ts';
import { describeConnectionError } from './connection-error.ts';
import { quoteIdentifier } from './identifier.ts';
import type { Pool, Queryable, RowDataPacket } from './pool.ts';
import { detectFlavour } from './server-kind.ts';

const OLDEST = { mariadb: '10.11', mysql: '8.4' } as const;
const MISSING_GRANT_ERRNOS = new Set([1044, 1142, 1143]);
const READ_ONLY_ERRNOS = new Set([1290, 1836, 1792]);

/** Looks at a server before anything is built on it, and returns everything that stands in the way. */
export async function checkServer(pool: Pool, address: string): Promise<Problem[]> {
  try {
    const [rows] = await pool.query<RowDataPacket[]>(
      `SELECT VERSION() AS version, @@version_comment AS comment,
              (SELECT support FROM information_schema.engines WHERE engine = 'InnoDB') AS innodb`,
    );
    const { version, comment, innodb } = rows[0] as {
      version: string;
      comment: string;
      innodb: string | null;
    };
    return [...checkVersion(version, comment), ...checkInnodb(innodb)];
  } catch (error) {
    const problem = describeConnectionError(error, address);
    if (!problem) throw error;
    return [problem];
  }
}

/** Checks `VERSION()` and `@@version_comment` against the oldest versions that the panel runs on. */
export function checkVersion(version: string, comment: string): Problem[] {
  const flavour = detectFlavour(version, comment);
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST[flavour].split('.').map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return [];
  return [
    {
      code: 'database_too_old',
      where: 'DATABASE_URL',
      message: `the server is ${flavour} ${version}.`,
      fix: `Use MariaDB ${OLDEST.mariadb} or newer, or MySQL ${OLDEST.mysql} or newer.`,
    },
  ];
}

/** Tries, on no row, each kind of statement that the panel runs on its own tables, and returns the missing grants. */
export async function checkGrants(db: Queryable): Promise<Problem[]> {
  const [rows] = await db.query<RowDataPacket[]>('SELECT DATABASE() AS name');
  const schema = String(rows[0]?.name);
  const trials = {
    SELECT: 'SELECT id FROM panel_activity WHERE FALSE',
    INSERT: `INSERT INTO panel_activity (actor_name, actor_role, action, table_name, record_id)
             SELECT '', '', '', '', '' FROM panel_migrations WHERE FALSE`,
    UPDATE: 'UPDATE panel_accounts SET active = active WHERE FALSE',
    DELETE: 'DELETE FROM panel_sessions WHERE FALSE',
  };
  const problems: Problem[] = [];
  for (const [privilege, sql] of Object.entries(trials)) {
    try {
      await db.query(sql);
    } catch (error) {
      problems.push(describeTrialError(error, privilege, schema));
    }
  }
  return problems;
}

function checkInnodb(support: string | null): Problem[] {
  if (support === 'YES' || support === 'DEFAULT') return [];
  return [
    {
      code: 'innodb_missing',
      where: 'DATABASE_URL',
      message: 'the server has no InnoDB, so it cannot keep transactions.',
      fix: 'Enable InnoDB on the server.',
    },
  ];
}

function describeTrialError(error: unknown, privilege: string, schema: string): Problem {
  const { errno = 0, message } = error as { errno?: number; message: string };
  if (READ_ONLY_ERRNOS.has(errno))
    return {
      code: 'database_read_only',
      where: 'DATABASE_URL',
      message: `the server takes no ${privilege}: ${message}`,
      fix: 'Name the writer (on RDS and Aurora: the cluster or writer endpoint), not a replica.',
    };
  if (!MISSING_GRANT_ERRNOS.has(errno)) throw error;
  return {
    code: 'grant_missing',
    where: 'DATABASE_URL',
    message,
    fix: `GRANT ${privilege} ON ${quoteIdentifier(schema)}.* TO this user.`,
  };
}
