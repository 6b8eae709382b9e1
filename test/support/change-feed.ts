import type { ChangeFeed } from '../../src/changes/change-feed.ts';
import { createChangeFeed } from '../../src/changes/create-change-feed.ts';
import type { Transaction } from '../../src/changes/transaction.ts';
import type { ResultSetHeader } from '../../src/database/pool.ts';
import type { TestDatabase } from './database.ts';

const MARKERS = 'feed_markers';

export interface TestFeed {
  readonly feed: ChangeFeed;
  /** Everything that was handed out, without the markers. */
  readonly transactions: Transaction[];
  /** What was logged, a line each. */
  readonly warnings: string[];
  /** Returns when everything that was committed before has been handed out: a marker written now has come. */
  settle(): Promise<void>;
  stop(): Promise<void>;
}

/** The change feed of a test's database; `url` where it shall reach the server by another way. */
export async function openTestFeed(database: TestDatabase, url = database.url): Promise<TestFeed> {
  const { pool } = database;
  await pool.query(`CREATE TABLE IF NOT EXISTS ${MARKERS} (id INT AUTO_INCREMENT PRIMARY KEY)`);
  const warnings: string[] = [];
  const warn = (details: object, message: string) =>
    warnings.push(`${message}: ${String((details as { err?: Error }).err?.message ?? '')}`);
  const feed = await createChangeFeed({ pool, url, logger: { info: () => undefined, warn } });
  const transactions: Transaction[] = [];
  const seen = new Set<string>();
  feed.onTransaction((transaction) => {
    const markers = transaction.changes.filter(({ table }) => table === MARKERS);
    for (const { id } of markers) seen.add(id);
    if (markers.length === 0) transactions.push(transaction);
  });
  const waitFor = async (id: string) => {
    while (!seen.has(id))
      await new Promise<void>((resolve) => {
        const end = feed.onTransaction(() => {
          end();
          resolve();
        });
      });
  };
  return {
    feed,
    transactions,
    warnings,
    settle: async () => {
      const [marker] = await pool.query<ResultSetHeader>(`INSERT INTO ${MARKERS} () VALUES ()`);
      await waitFor(String(marker.insertId));
    },
    stop: () => feed.stop(),
  };
}
