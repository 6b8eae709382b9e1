import { findPendingMigrations } from './database/migrate.ts';
import type { MigrationFolder } from './database/migration-files.ts';
import { createPool, type Pool, type RowDataPacket } from './database/pool.ts';
import { checkGrants, checkServer } from './database/preflight.ts';
import { type Problem, ProblemsError } from './errors.ts';

/**
 * Checks a database that others look after: nothing in it is changed. Throws {@link ProblemsError} where the panel
 * cannot run on it; returns a line for each thing that is due and does not stop it.
 */
export async function checkRemoteStore(url: string): Promise<string[]> {
  const pool = createPool(url, { connectionLimit: 1 });
  try {
    refuse(await checkServer(pool, url));
    const due = await findPendingMigrations(pool, ['panel']);
    if (due.length > 0) throw new ProblemsError([migrationsDue(due)]);
    refuse(await checkGrants(pool));
    return await findDueWork(pool);
  } finally {
    await pool.end();
  }
}

/** Checks that a database can be migrated or seeded; throws {@link ProblemsError}. */
export async function checkReachable(url: string): Promise<void> {
  const pool = createPool(url, { connectionLimit: 1 });
  await checkServer(pool, url)
    .then(refuse)
    .finally(() => pool.end());
}

/** Throws {@link ProblemsError} if a migration of these folders (all when not told) is due. */
export async function checkMigrated(url: string, folders?: readonly MigrationFolder[]): Promise<void> {
  const pool = createPool(url, { connectionLimit: 1 });
  const due = await findPendingMigrations(pool, folders).finally(() => pool.end());
  if (due.length > 0) throw new ProblemsError([migrationsDue(due)]);
}

async function findDueWork(pool: Pool): Promise<string[]> {
  const due = await findPendingMigrations(pool, ['store']);
  if (due.length > 0) return [`due, if this is Gorak's store: npm run migrate (${due.join(', ')})`];
  const [rows] = await pool.query<RowDataPacket[]>('SELECT EXISTS (SELECT * FROM movies) AS filled');
  return rows[0]?.filled === 1 ? [] : ['due: npm run seed (the store is empty)'];
}

function migrationsDue(due: readonly string[]): Problem {
  return {
    code: 'migrations_due',
    where: 'DATABASE_URL',
    message: `the schema lacks ${due.join(', ')}.`,
    fix: 'Run `npm run migrate` (`npm run migrate -- --panel` makes the panel_* tables alone).',
  };
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemsError(problems);
}
