import { checkBinaryLog } from '../database/binary-log.ts';
import { parseConnectionUrl } from '../database/connection-url.ts';
import { introspect } from '../database/introspect.ts';
import { CONNECTION_OPTIONS, type Pool, type RowDataPacket } from '../database/pool.ts';
import type { ChangeFeed, FeedLogger } from './change-feed.ts';
import { LogFeed } from './log-feed.ts';
import { createPanelOnlyFeed } from './panel-only-feed.ts';

export interface ChangeFeedParts {
  readonly pool: Pool;
  /** Of the same schema as the pool. */
  readonly url: string;
  readonly logger: FeedLogger;
}

const CATCH_UP_LIMIT_MS = 10_000;

/**
 * Reads the server's binary log from now on, the newest part of the past first; returns when that part was read, or
 * after ten seconds. Where the log cannot be read, tells what the panel itself recorded; `status.cause` says why.
 */
export async function createChangeFeed(parts: ChangeFeedParts): Promise<ChangeFeed> {
  const { pool, logger } = parts;
  const { stops, gaps } = await checkBinaryLog(pool);
  for (const { message, fix } of gaps)
    logger.warn({ fix }, `the database log does not tell everything: ${message}`);
  if (stops.length === 0) return createLogFeed(parts);
  const cause = stops.map(({ message, fix }) => `${message} ${fix}`).join(' ');
  return createPanelOnlyFeed({ pool, tables: await introspect(pool), cause, logger });
}

async function createLogFeed({ pool, url, logger }: ChangeFeedParts): Promise<ChangeFeed> {
  const connection = { ...parseConnectionUrl(url), ...CONNECTION_OPTIONS };
  const [rows] = await pool.query<RowDataPacket[]>('SELECT DATABASE() AS name');
  const feed = new LogFeed({
    pool,
    connection,
    logger,
    schema: String(rows[0]?.name),
    tables: await introspect(pool),
  });
  await feed.start(CATCH_UP_LIMIT_MS);
  return feed;
}
