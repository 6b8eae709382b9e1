import { join } from 'node:path';
import { createPool, type Pool, type RowDataPacket } from '../../src/database/pool.ts';
import { socketUrl } from '../../src/database/server-place.ts';
import { EMBEDDED_SCHEMA } from '../../src/embedded-store.ts';
import type { Difference } from '../../src/orders/difference.ts';
import { reconcileStock } from '../../src/orders/reconcile-stock.ts';

/** The rows of each table in the embedded store of a running program; unfinished migrations do not count. */
export function countRows(dataDir: string): Promise<Record<string, number>> {
  return withStore(dataDir, async (pool) => {
    const [tables] = await pool.query<RowDataPacket[]>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY name`,
    );
    const counts: Record<string, number> = {};
    for (const { name } of tables) {
      const filter = name === 'panel_migrations' ? 'WHERE finished_at IS NOT NULL' : '';
      const [rows] = await pool.query<RowDataPacket[]>(`SELECT COUNT(*) AS count FROM \`${name}\` ${filter}`);
      counts[name] = rows[0]?.count;
    }
    return counts;
  });
}

/** What `npm run stock:reconcile` would find in the embedded store of a running program. */
export function findDifferences(dataDir: string): Promise<Difference[]> {
  return withStore(dataDir, reconcileStock);
}

async function withStore<T>(dataDir: string, work: (pool: Pool) => Promise<T>): Promise<T> {
  const url = socketUrl(join(dataDir, 'run/server.sock'), EMBEDDED_SCHEMA);
  const pool = createPool(url, { connectionLimit: 1 });
  return work(pool).finally(() => pool.end());
}

/** The password that was generated for an account, in what a program printed; null where it tells none. */
export function findPassword(stdout: string, email: string): string | null {
  const line = stdout.split('\n').find((text) => text.startsWith(`account ${email}, password: `));
  return line?.split(': ', 2)[1] ?? null;
}

/** Whether an account can sign in at the address that a `ready` line tells. */
export async function canSignIn(readyLine: string, email: string, password: string): Promise<boolean> {
  const [, address = ''] = readyLine.split(' ');
  const answer = await fetch(`${address}/login`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: new URL(address).origin },
    body: new URLSearchParams({ email, password }),
  });
  return answer.headers.getSetCookie().length > 0;
}
