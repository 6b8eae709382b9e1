import { type ConnectionOptions, createConnection } from 'mysql2';
import type { Queryable } from '../database/pool.ts';
import { withinLimit } from './time-limit.ts';

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
  try {
    return await withinLimit(work(connection.promise()), LIMIT_MS);
  } finally {
    connection.destroy();
  }
}
