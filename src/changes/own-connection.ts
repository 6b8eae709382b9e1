import { type ConnectionOptions, createConnection } from 'mysql2';
import type { Queryable } from '../database/pool.ts';

const LIMIT_MS = 10_000;

/**
 * Runs `work` on a connection of its own; throws when that takes longer than ten seconds. After the network failed, a
 * pool's connections may lead nowhere without anybody being told.
 */
export async function onOwnConnection<T>(
  options: ConnectionOptions,
  work: (db: Queryable) => Promise<T>,
): Promise<T> {
  const connection = createConnection(options);
  connection.on('error', () => undefined);
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The database did not answer within ${LIMIT_MS / 1_000} seconds.`)),
      LIMIT_MS,
    );
  });
  const working = work(connection.promise());
  // Where it fails after the limit, nobody waits for it any more.
  working.catch(() => undefined);
  try {
    return await Promise.race([working, limit]);
  } finally {
    clearTimeout(timer);
    connection.destroy();
  }
}
