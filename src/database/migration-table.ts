import type { Problem } from '../errors.ts';
import type { Migration } from './migration-files.ts';
import type { Queryable, RowDataPacket } from './pool.ts';

/** A row of panel_migrations: a migration that ran, or one that started and never came to its end. */
export interface MigrationRecord {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

/** Creates panel_migrations, the only table that no migration makes. */
export async function createMigrationTable(db: Queryable): Promise<void> {
  await db.query(`
    CREATE TABLE IF NOT EXISTS panel_migrations (
      name VARCHAR(200) COLLATE utf8mb4_bin NOT NULL,
      checksum CHAR(64) NOT NULL,
      started_at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3)),
      finished_at DATETIME(3) NULL,
      PRIMARY KEY (name)
    ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci`);
}

/** Reads panel_migrations; no rows where the table does not exist. */
export async function findMigrationRecords(db: Queryable): Promise<MigrationRecord[]> {
  const [tables] = await db.query<RowDataPacket[]>(
    `SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'panel_migrations'`,
  );
  if (tables.length === 0) return [];
  const [rows] = await db.query<RowDataPacket[]>(
    'SELECT name, checksum, finished_at IS NOT NULL AS finished FROM panel_migrations ORDER BY name',
  );
  return rows.map(({ name, checksum, finished }) => ({ name, checksum, finished: finished === 1 }));
}

/** Writes that a migration begins: without an end it counts as stopped half-way. */
export async function recordMigrationStart(db: Queryable, { name, checksum }: Migration): Promise<void> {
  await db.query('INSERT INTO panel_migrations (name, checksum) VALUES (?, ?)', [name, checksum]);
}

/** Writes that a migration came to its end. */
export async function recordMigrationEnd(db: Queryable, name: string): Promise<void> {
  await db.query('UPDATE panel_migrations SET finished_at = UTC_TIMESTAMP(3) WHERE name = ?', [name]);
}

/** Takes a migration out of the books, so that it runs again. */
export async function forgetMigration(db: Queryable, name: string): Promise<void> {
  await db.query('DELETE FROM panel_migrations WHERE name = ?', [name]);
}

/** What stands in the way of running the migrations: files changed after they ran, and runs that stopped half-way. */
export function checkMigrations(
  migrations: readonly Migration[],
  records: readonly MigrationRecord[],
): Problem[] {
  return migrations.flatMap((migration) => {
    const record = records.find(({ name }) => name === migration.name);
    if (!record) return [];
    if (!record.finished) return [halfDone(migration)];
    return record.checksum === migration.checksum ? [] : [changed(migration)];
  });
}

/** How to go on after a migration that stopped half-way. */
export function settleAdvice(name: string): string {
  return (
    'Compare the schema with the file. ' +
    `Either undo its first part by hand and run \`npm run migrate -- --redo ${name}\`, ` +
    `or bring it to its end by hand and run \`npm run migrate -- --done ${name}\`.`
  );
}

function halfDone({ name }: Migration): Problem {
  return {
    code: 'migration_half_done',
    where: `migrations/${name}`,
    message: 'started once and stopped half-way; its first statements may have taken effect.',
    fix: settleAdvice(name),
  };
}

function changed({ name }: Migration): Problem {
  return {
    code: 'migration_changed',
    where: `migrations/${name}`,
    message: 'is not the text that ran on this schema.',
    fix: 'Put the file back as it was, and write the change as a new file with the next number.',
  };
}
