import { expect, vi } from 'vitest';
import type { Queryable, RowDataPacket } from '../../src/database/pool.ts';

const WAITING_SQL = `SELECT t.trx_id AS id FROM information_schema.innodb_trx t JOIN information_schema.processlist p
  ON p.id = t.trx_mysql_thread_id WHERE t.trx_state = 'LOCK WAIT' AND p.db = DATABASE()`;

/**
 * Resolves when a transaction on this schema waits for a lock, other than the one with the id `previous`, and gives its
 * id; the server renews its answer after 100 ms.
 */
export function untilLockIsAwaited(db: Queryable, previous?: string): Promise<string> {
  const look = async () => {
    const [[row]] = await db.query<RowDataPacket[]>(WAITING_SQL);
    const id = row ? String(row.id) : previous;
    expect(id).not.toBe(previous);
    return String(id);
  };
  return vi.waitFor(look, { timeout: 20_000, interval: 200 });
}
