import type { Queryable, RowDataPacket } from './pool.ts';

/** What is at the other end of a connection, as far as its cures differ. */
export interface ServerKind {
  readonly flavour: 'mariadb' | 'mysql';
  /** Who changes its settings: its own administrator, or Amazon's parameter groups. */
  readonly host: 'own' | 'rds' | 'aurora';
  /** As `VERSION()` tells it. */
  readonly version: string;
}

/** Finds out which server answers. */
export async function findServerKind(db: Queryable): Promise<ServerKind> {
  const [rows] = await db.query<RowDataPacket[]>(
    'SELECT VERSION() AS version, @@version_comment AS comment, @@basedir AS basedir',
  );
  const [aurora] = await db.query<RowDataPacket[]>("SHOW VARIABLES LIKE 'aurora\\_version'");
  const { version, comment, basedir } = rows[0] as { version: string; comment: string; basedir: string };
  const host = aurora.length > 0 ? 'aurora' : basedir.startsWith('/rdsdbbin') ? 'rds' : 'own';
  return { flavour: detectFlavour(version, comment), host, version };
}

/** Tells the two apart by `VERSION()` and `@@version_comment`. */
export function detectFlavour(version: string, comment: string): ServerKind['flavour'] {
  return /mariadb/i.test(`${version} ${comment}`) ? 'mariadb' : 'mysql';
}

/** Whether the log tells what foreign keys change: from 9.6 on, MySQL itself and no more its storage engine follows them. */
export async function logsCascades(db: Queryable): Promise<boolean> {
  const [rows] = await db.query<RowDataPacket[]>('SELECT VERSION() AS version');
  const version = String(rows[0]?.version);
  if (/mariadb/i.test(version)) return false;
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return major > 9 || (major === 9 && minor >= 6);
}
