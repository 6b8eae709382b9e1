import { Umzug } from 'umzug';
import { type Problem, ProblemsError } from '../errors.ts';
import { checkMigratedPrograms } from './migrated-programs.ts';
import { loadMigrations, type Migration, type MigrationFolder } from './migration-files.ts';
import {
  checkMigrations,
  createMigrationTable,
  findMigrationRecords,
  forgetMigration,
  recordMigrationEnd,
  recordMigrationStart,
  settleAdvice,
} from './migration-table.ts';
import { tryMigrationGrants } from './migration-trial.ts';
import { createPool, type PoolConnection, type Queryable, type RowDataPacket } from './pool.ts';
import { runScript, type ScriptFailure } from './run-script.ts';

const LOCK_TIMEOUT_SECONDS = 3600;

export interface MigrateOptions {
  /** Which folders of `migrations/` to run, in this order. Default: panel, then store. */
  readonly folders?: readonly MigrationFolder[];
  /** Where the folders lie, if not beside `src/`. */
  readonly migrationsDir?: string;
  /** Told one line for each step. */
  readonly onProgress?: (step: string) => void;
}

/**
 * Runs every migration that has not run yet on the schema that `url` names, and returns their names
 * (`panel/0001_accounts.sql`) in the order run. Two programs at once are safe: the second waits, then finds nothing
 * to do. Throws {@link ProblemsError} where a file changed after it ran, one stopped half-way, or a trigger or routine
 * that one made is not there.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const { folders, migrationsDir, onProgress } = options;
  const migrations = await loadMigrations(folders, migrationsDir);
  return withMigrationLock(url, onProgress, async (connection) => {
    const pending = await findPending(connection, migrations);
    if (pending.length === 0) return [];
    await tryMigrationGrants(connection);
    await createMigrationTable(connection);
    return runMigrations(connection, pending, onProgress);
  });
}

/** The names of the migrations that are due on a schema; throws {@link ProblemsError} as {@link migrate} does. */
export async function findPendingMigrations(
  db: Queryable,
  folders?: readonly MigrationFolder[],
): Promise<string[]> {
  return (await findPending(db, await loadMigrations(folders))).map(({ name }) => name);
}

/**
 * Settles a migration that stopped half-way: `redo` lets it run again with the next migrate, `done` says that it was
 * brought to its end by hand. Throws {@link ProblemsError} where no such migration stopped half-way.
 */
export async function settleMigration(url: string, name: string, as: 'redo' | 'done'): Promise<void> {
  await withMigrationLock(url, undefined, async (connection) => {
    const records = await findMigrationRecords(connection);
    const halfDone = records.filter((record) => !record.finished).map((record) => record.name);
    if (!halfDone.includes(name)) throw new ProblemsError([notHalfDone(name, halfDone)]);
    await (as === 'done' ? recordMigrationEnd(connection, name) : forgetMigration(connection, name));
  });
}

async function findPending(db: Queryable, migrations: readonly Migration[]): Promise<Migration[]> {
  const records = await findMigrationRecords(db);
  const problems = checkMigrations(migrations, records);
  const ran = migrations.filter(({ name }) =>
    records.some((record) => record.name === name && record.finished),
  );
  problems.push(...(await checkMigratedPrograms(db, ran)));
  if (problems.length > 0) throw new ProblemsError(problems);
  const known = new Set(records.map(({ name }) => name));
  return migrations.filter(({ name }) => !known.has(name));
}

async function runMigrations(
  connection: PoolConnection,
  migrations: readonly Migration[],
  onProgress?: (step: string) => void,
): Promise<string[]> {
  const umzug = new Umzug({
    migrations: migrations.map((migration) => ({
      name: migration.name,
      up: async () => {
        onProgress?.(`migrate ${migration.name}`);
        await runMigration(connection, migration);
      },
    })),
    storage: {
      executed: async () => (await findMigrationRecords(connection)).map(({ name }) => name),
      logMigration: ({ name }) => recordMigrationEnd(connection, name),
      unlogMigration: ({ name }) => forgetMigration(connection, name),
    },
    logger: undefined,
  });
  try {
    return (await umzug.up()).map(({ name }) => name);
  } catch (error) {
    throw (error as Error).cause ?? error;
  }
}

async function runMigration(connection: PoolConnection, migration: Migration): Promise<void> {
  await recordMigrationStart(connection, migration);
  const failure = await runScript(connection, migration.sql);
  if (!failure) return;
  const isUntouched = failure.index === 0 && failure.isUndone;
  if (isUntouched) await forgetMigration(connection, migration.name);
  throw new ProblemsError([isUntouched ? tablesInUse(migration, failure) : stopped(migration, failure)]);
}

async function withMigrationLock<T>(
  url: string,
  onProgress: ((step: string) => void) | undefined,
  work: (connection: PoolConnection) => Promise<T>,
): Promise<T> {
  const pool = createPool(url, { connectionLimit: 1 });
  try {
    const connection = await pool.getConnection();
    if (!(await lockMigrations(connection, 0))) {
      onProgress?.('wait for another program that migrates this schema');
      if (!(await lockMigrations(connection, LOCK_TIMEOUT_SECONDS))) throw new ProblemsError([LOCK_IS_HELD]);
    }
    return await work(connection);
  } finally {
    // Ending the connection releases the lock.
    await pool.end();
  }
}

async function lockMigrations(connection: PoolConnection, timeoutSeconds: number): Promise<boolean> {
  const [rows] = await connection.query<RowDataPacket[]>(
    `SELECT GET_LOCK(CONCAT('panel_migrations_', LEFT(SHA2(DATABASE(), 256), 40)), ?) AS locked`,
    [timeoutSeconds],
  );
  return rows[0]?.locked === 1;
}

function stopped({ name }: Migration, { error }: ScriptFailure): Problem {
  const message = `stopped at "${error.message}". What its earlier statements did stays.`;
  return { code: 'migration_failed', where: `migrations/${name}`, message, fix: settleAdvice(name) };
}

function tablesInUse({ name }: Migration, { error }: ScriptFailure): Problem {
  return {
    code: 'migration_tables_in_use',
    where: `migrations/${name}`,
    message: `met other work on its tables again and again: "${error.message}". Nothing of it was done.`,
    fix: 'Stop what works on them (SHOW PROCESSLIST tells), and run the same line again.',
  };
}

const LOCK_IS_HELD: Problem = {
  code: 'migrations_locked',
  where: 'DATABASE_URL',
  message: `another program has been migrating this schema for ${LOCK_TIMEOUT_SECONDS / 60} minutes.`,
  fix: 'Wait for it to end, or stop it, and run the same line again.',
};

function notHalfDone(name: string, halfDone: readonly string[]): Problem {
  return {
    code: 'migration_not_half_done',
    where: name,
    message: 'is not a migration that stopped half-way on this schema.',
    fix:
      halfDone.length > 0 ? `Name one of: ${halfDone.join(', ')}.` : 'Nothing is to be settled: all is well.',
  };
}
