import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { inject } from 'vitest';
import { quoteIdentifier } from '../../src/database/identifier.ts';
import { migrate } from '../../src/database/migrate.ts';
import type { MigrationFolder } from '../../src/database/migration-files.ts';
import { createPool, type Pool, type RowDataPacket } from '../../src/database/pool.ts';

export interface TestDatabase {
  readonly url: string;
  readonly pool: Pool;
  /** The schema. */
  readonly name: string;
  /** Ends the pool and drops the schema; throws if the test left a connection to it open. */
  drop(): Promise<void>;
}

const FOLDERS: Record<'none' | 'panel' | 'all', readonly MigrationFolder[]> = {
  none: [],
  panel: ['panel'],
  all: ['panel', 'store'],
};
const LEAK_TIMEOUT_MS = 2_000;

/** Creates an empty or migrated schema of its own for a test file. `migrations` is 'none' when not told. */
export async function createTestDatabase({
  migrations = 'none',
}: {
  migrations?: keyof typeof FOLDERS;
} = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const serverUrl = inject('databaseServerUrl');
  await runOnServer(serverUrl, (server) => server.query(`CREATE DATABASE ${quoteIdentifier(name)}`));
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  if (FOLDERS[migrations].length > 0) await migrate(url.href, { folders: FOLDERS[migrations] });
  const pool = createPool(url.href);
  return {
    url: url.href,
    pool,
    name,
    drop: async () => {
      await pool.end();
      await runOnServer(serverUrl, async (server) => {
        const leaked = await findLeakedConnections(server, name);
        await server.query(`DROP DATABASE ${quoteIdentifier(name)}`);
        if (leaked.length > 0) throw new Error(`The test left connections open: ${JSON.stringify(leaked)}`);
      });
    },
  };
}

// The server notices a closed connection a moment after the client closed it.
async function findLeakedConnections(server: Pool, schema: string): Promise<RowDataPacket[]> {
  const deadline = Date.now() + LEAK_TIMEOUT_MS;
  for (;;) {
    const [open] = await server.query<RowDataPacket[]>(
      'SELECT id, command, info FROM information_schema.processlist WHERE db = ?',
      [schema],
    );
    if (open.length === 0 || Date.now() > deadline) return open;
    await delay(10);
  }
}

async function runOnServer(serverUrl: string, work: (server: Pool) => Promise<unknown>): Promise<void> {
  const server = createPool(serverUrl, { connectionLimit: 1 });
  await work(server).finally(() => server.end());
}
