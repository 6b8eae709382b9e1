import type { EmbeddedServer } from './database/embedded-server.ts';
import { quoteIdentifier } from './database/identifier.ts';
import { migrate } from './database/migrate.ts';
import { createPool, type Pool, type RowDataPacket } from './database/pool.ts';
import { createDemoAccounts, type FillOptions, fillStore } from './fill-store.ts';
import { beginFirstStart, isFirstStartUnfinished } from './first-start.ts';
import type { NewAccount } from './http/demo-accounts.ts';

export const EMBEDDED_SCHEMA = 'galactic_store';

/**
 * Makes the store on the embedded server whole: anew where there is none, or its first start was cut short; else by
 * running the migrations that are due. Returns the demo accounts that were made now; when their passwords
 * were told, `finishFirstStart` must be called.
 */
export async function prepareEmbeddedStore(
  server: EmbeddedServer,
  dataDir: string,
  { seedPassword, ...options }: FillOptions & { readonly seedPassword: string | null },
): Promise<NewAccount[]> {
  const url = server.url(EMBEDDED_SCHEMA);
  const isFirst = await isFirstStart(server, dataDir);
  if (isFirst) {
    await beginFirstStart(dataDir);
    await recreateSchema(server);
  }
  await migrate(url, options);
  if (!isFirst) return [];
  await fillStore(url, options);
  options.onProgress?.('create the demo accounts');
  return createDemoAccounts(url, seedPassword);
}

/** Whether the embedded store has yet to be made, or was left unfinished. */
export async function isFirstStart(server: EmbeddedServer, dataDir: string): Promise<boolean> {
  if (isFirstStartUnfinished(dataDir)) return true;
  return onServer(server, async (pool) => {
    const [rows] = await pool.query<RowDataPacket[]>(
      'SELECT 1 FROM information_schema.schemata WHERE schema_name = ?',
      [EMBEDDED_SCHEMA],
    );
    return rows.length === 0;
  });
}

async function recreateSchema(server: EmbeddedServer): Promise<void> {
  const schema = quoteIdentifier(EMBEDDED_SCHEMA);
  await onServer(server, async (pool) => {
    await pool.query(`DROP DATABASE IF EXISTS ${schema}`);
    await pool.query(`CREATE DATABASE ${schema} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`);
  });
}

async function onServer<T>(server: EmbeddedServer, work: (pool: Pool) => Promise<T>): Promise<T> {
  const pool = createPool(server.url(''), { connectionLimit: 1 });
  return work(pool).finally(() => pool.end());
}
