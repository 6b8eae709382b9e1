import type { Problem } from '../errors.ts';
import { quoteIdentifier } from './identifier.ts';
import { checkLogSettings, LOG_VARIABLES, type LogReport, type ServerVariables } from './log-settings.ts';
import type { Queryable, RowDataPacket } from './pool.ts';
import { findServerKind, type ServerKind } from './server-kind.ts';

const ACCESS_DENIED_ERRNOS = new Set([1044, 1045, 1142, 1227]);
const SHORTEST_RETENTION_HOURS = 24;

/** Looks at everything that stands between this account and the server's binary log, on MariaDB, MySQL and RDS. */
export async function checkBinaryLog(db: Queryable): Promise<LogReport> {
  const kind = await findServerKind(db);
  const report = checkLogSettings(kind, await findVariables(db, LOG_VARIABLES));
  if (report.stops.some(({ code }) => code === 'log_off')) return report;
  const filtered = await checkPlace(db, kind);
  const missing = await findMissingGrants(db, kind);
  return {
    stops: [...report.stops, ...missing, ...filtered],
    gaps: report.gaps,
    advice: [...report.advice, ...(kind.host === 'own' ? [] : await checkAmazonRetention(db))],
  };
}

/** Global variables by name; one that the server does not know is absent. */
export async function findVariables(db: Queryable, names: readonly string[]): Promise<ServerVariables> {
  const [rows] = await db.query<RowDataPacket[]>('SHOW GLOBAL VARIABLES WHERE Variable_name IN (?)', [names]);
  return Object.fromEntries(rows.map((row) => [row.Variable_name, String(row.Value)]));
}

/** What tells the file that the server writes its log to, and how far it has come. */
export function logStatusStatement({ flavour }: Pick<ServerKind, 'flavour'>): string {
  return flavour === 'mysql' ? 'SHOW BINARY LOG STATUS' : 'SHOW MASTER STATUS';
}

async function findMissingGrants(db: Queryable, kind: ServerKind): Promise<Problem[]> {
  const monitor = kind.flavour === 'mysql' ? 'REPLICATION CLIENT' : 'BINLOG MONITOR';
  const mayMonitor = await isAllowed(db, 'SHOW BINARY LOGS');
  // MySQL asks of SHOW REPLICAS what it asks of a reader of the log; MariaDB has no such statement.
  const mayRead =
    kind.flavour === 'mysql' ? await isAllowed(db, 'SHOW REPLICAS') : await hasGrant(db, 'REPLICATION SLAVE');
  const missing = [...(mayRead ? [] : ['REPLICATION SLAVE']), ...(mayMonitor ? [] : [monitor])];
  if (missing.length === 0) return [];
  const account = await findAccount(db);
  const message = `this account lacks ${missing.join(' and ')}, so it cannot read the binary log.`;
  const fix = `GRANT ${missing.join(', ')} ON *.* TO ${account}${kind.host === 'own' ? '' : ' (as the master user)'}.`;
  return [{ code: 'log_grant_missing', where: 'DATABASE_URL', message, fix }];
}

async function isAllowed(db: Queryable, sql: string): Promise<boolean> {
  try {
    await db.query(sql);
    return true;
  } catch (error) {
    if (!ACCESS_DENIED_ERRNOS.has((error as { errno?: number }).errno ?? 0)) throw error;
    return false;
  }
}

// MariaDB tells the grants of the roles that are in force, too.
async function hasGrant(db: Queryable, privilege: string): Promise<boolean> {
  const [rows] = await db.query<RowDataPacket[]>('SHOW GRANTS');
  const global = rows
    .map((row) => String(Object.values(row)[0]))
    .filter((line) => / ON \*\.\* TO /.test(line));
  return global.some((line) => line.includes(privilege) || line.startsWith('GRANT ALL PRIVILEGES '));
}

async function findAccount(db: Queryable): Promise<string> {
  const [rows] = await db.query<RowDataPacket[]>('SELECT CURRENT_USER() AS account');
  const [, name = '', host = ''] = /^(.*)@(.*?)$/.exec(String(rows[0]?.account)) ?? [];
  return `'${name}'@'${host}'`;
}

/** A server can leave whole schemas out of its log. */
async function checkPlace(db: Queryable, kind: ServerKind): Promise<Problem[]> {
  const statement = logStatusStatement(kind);
  if (!(await isAllowed(db, statement))) return [];
  const [[place]] = await db.query<RowDataPacket[]>(statement);
  const [[current]] = await db.query<RowDataPacket[]>('SELECT DATABASE() AS name');
  const schema = String(current?.name);
  const kept = splitNames(place?.Binlog_Do_DB);
  const ignored = splitNames(place?.Binlog_Ignore_DB);
  const isLeftOut = kept.length > 0 ? !kept.includes(schema) : ignored.includes(schema);
  if (!isLeftOut) return [];
  const where = kept.length > 0 ? 'binlog_do_db' : 'binlog_ignore_db';
  const message = `the server leaves the schema ${quoteIdentifier(schema)} out of its binary log.`;
  const fix =
    kept.length > 0
      ? `Add binlog_do_db = ${schema} to its configuration, or take out binlog_do_db, and restart it.`
      : `Take binlog_ignore_db = ${schema} out of its configuration, and restart it.`;
  return [{ code: 'log_schema_left_out', where, message, fix }];
}

function splitNames(list: unknown): string[] {
  return String(list ?? '')
    .split(',')
    .filter((name) => name !== '');
}

/** Amazon throws the log away as soon as it has backed it up, unless told for how long to keep it. */
async function checkAmazonRetention(db: Queryable): Promise<Problem[]> {
  const sql = "SELECT value FROM mysql.rds_configuration WHERE name = 'binlog retention hours'";
  const readable = await isAllowed(db, sql);
  const hours = readable ? (await db.query<RowDataPacket[]>(sql))[0][0]?.value : undefined;
  if (Number(hours ?? 0) >= SHORTEST_RETENTION_HOURS) return [];
  const message = readable
    ? `is ${hours ?? 'NULL'}: the log is thrown away so soon that a panel which was down for a while must read everything anew.`
    : 'cannot be seen by this account; by default the log is thrown away at once.';
  const fix = `As the master user: CALL mysql.rds_set_configuration('binlog retention hours', ${SHORTEST_RETENTION_HOURS}).`;
  return [{ code: 'log_retention', where: 'binlog retention hours', message, fix }];
}
