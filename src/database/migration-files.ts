import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** `panel`: tables that the panel needs on any schema; `store`: Gorak's own tables. */
export type MigrationFolder = 'panel' | 'store';

export const MIGRATION_FOLDERS: readonly MigrationFolder[] = ['panel', 'store'];

const MIGRATIONS_DIR = fileURLToPath(new URL('../../migrations', import.meta.url));

/** One numbered SQL file. */
export interface Migration {
  /** Folder and file, such as `panel/0001_accounts.sql`. */
  readonly name: string;
  readonly path: string;
  /** Statements separated by semicolons. */
  readonly sql: string;
  /** SHA-256 of the text in hexadecimal, the same for both kinds of line end. */
  readonly checksum: string;
}

/** Reads the folders' SQL files, folder by folder, in the order of their numbers. */
export async function loadMigrations(
  folders: readonly MigrationFolder[] = MIGRATION_FOLDERS,
  migrationsDir = MIGRATIONS_DIR,
): Promise<Migration[]> {
  const migrations: Migration[] = [];
  for (const folder of folders) {
    const files = await readdir(`${migrationsDir}/${folder}`);
    for (const file of files.filter((name) => name.endsWith('.sql')).sort()) {
      const path = `${migrationsDir}/${folder}/${file}`;
      const sql = (await readFile(path, 'utf8')).replaceAll('\r\n', '\n');
      const checksum = createHash('sha256').update(sql).digest('hex');
      migrations.push({ name: `${folder}/${file}`, path, sql, checksum });
    }
  }
  return migrations;
}
