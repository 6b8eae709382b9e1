import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChangeFeed } from '../../../src/changes/create-change-feed.ts';
import type { Transaction } from '../../../src/changes/transaction.ts';
import { createPool } from '../../../src/database/pool.ts';
import { createRandom } from '../../../src/seed/random.ts';
import { cutOffBrowsers } from '../../support/cut-off-browsers.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { FeedFollower, type Tampering } from '../../support/feed-follower.ts';
import { networkDisruptions } from '../../support/network-disruption.ts';
import { createWriterTables, RandomWriters } from '../../support/random-writers.ts';
import { createTcpProxy, databaseTarget, proxiedUrl, type TcpProxy } from '../../support/tcp-proxy.ts';

const FEED_SEEDS = Array.from({ length: 16 }, (_, index) => 20_261_200 + index);
const BROWSER_SEEDS = Array.from({ length: 8 }, (_, index) => 20_261_300 + index);
const FEED_BREAKS = 6;
const BROWSER_BREAKS = 4;
const untouched: Tampering = (transaction) => [transaction];
const SILENT = { info: () => undefined, warn: () => undefined };

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createWriterTables(database.pool);
});

afterAll(() => database.drop());

/** Runs a feed over a network that `work` disturbs, and compares what it told with the database. */
async function withFeed(
  tamper: Tampering,
  work: (proxy: TcpProxy) => Promise<void>,
): Promise<{ follower: FeedFollower; differences: string[] }> {
  const proxy = await createTcpProxy(() => databaseTarget(database.url));
  const url = proxiedUrl(database.url, proxy);
  const pool = createPool(url);
  const feed = await createChangeFeed({ pool, url, logger: SILENT });
  const follower = new FeedFollower(feed, tamper);
  try {
    await follower.start();
    await work(proxy);
    return { follower, differences: await follower.findDifferences(database.pool) };
  } finally {
    follower.stop();
    await feed.stop();
    await pool.end();
    await proxy.stop();
  }
}

/** Puts a hundred of film 1 on the shelf and sells so many of them, each in a transaction of its own. */
async function sell(count: number): Promise<void> {
  await database.pool.query(
    "INSERT INTO films VALUES (1, 1, 'Alien', '9.99', 100) ON DUPLICATE KEY UPDATE stock = 100",
  );
  for (let sold = 0; sold < count; sold++)
    await database.pool.query('UPDATE films SET stock = stock - 1 WHERE id = 1');
}

describe('a reader of the feed that is cut off at random has exactly the database rows', () => {
  test.each(FEED_SEEDS)('seed %i', async (seed) => {
    const random = createRandom(seed);
    const { follower, differences } = await withFeed(untouched, async (proxy) => {
      const writers = new RandomWriters(database.pool, createRandom(seed + 1_000));
      for (let count = 0; count < FEED_BREAKS; count++) {
        await writers.commits(random.integer(1, 30));
        const disrupt = random.pick(networkDisruptions(proxy));
        await disrupt(() => writers.commits(random.integer(1, 60)));
      }
      await writers.stop();
    });
    expect(follower.faults).toEqual([]);
    expect(differences).toEqual([]);
  });
});

describe('browsers that are cut off at random have exactly the database rows', () => {
  test.each(BROWSER_SEEDS)('seed %i', async (seed) => {
    const { url, pool } = database;
    const random = createRandom(seed);
    const found = await cutOffBrowsers({ url, pool, random, disruptions: [], count: BROWSER_BREAKS });
    for (const browser of found) expect(browser).toEqual({ faults: [], differences: [] });
  });
});

test('a link that stands still with nobody told is given up', async () => {
  const { follower, differences } = await withFeed(untouched, async (proxy) => {
    proxy.stall();
    await sell(3);
  });
  expect(follower.faults).toEqual([]);
  expect(differences).toEqual([]);
});

describe('the checker finds what a feed does wrong', () => {
  /** Each of these sells one of film 1, so that none can be missing, doubled or out of its place unnoticed. */
  const isSale = ({ changes }: Transaction) =>
    changes.some(({ table, id }) => table === 'films' && id === '1');

  /** What becomes of the third sale, and of the fourth one where the third was kept back. */
  function tamperOnce(
    change: (third: Transaction, fourth: Transaction | null) => readonly Transaction[],
  ): Tampering {
    let sales = 0;
    let kept: Transaction | null = null;
    return (transaction) => {
      if (!isSale(transaction) || sales >= 4) return [transaction];
      sales++;
      if (sales < 3) return [transaction];
      if (sales === 4) return kept === null ? [transaction] : change(kept, transaction);
      const told = change(transaction, null);
      if (told.length === 0) kept = transaction;
      return told;
    };
  }

  const follow = (tamper: Tampering) => withFeed(tamper, async () => sell(6));
  const later = (transaction: Transaction) => ({ ...transaction, cursor: `${transaction.cursor}+` });

  test('nothing, where it does nothing wrong', async () => {
    const { follower, differences } = await follow(untouched);
    expect([follower.faults, differences]).toEqual([[], []]);
  });

  test('a transaction that is left out', async () => {
    const { follower } = await follow(tamperOnce((_third, fourth) => (fourth ? [fourth] : [])));
    expect(follower.faults).toContainEqual(expect.stringContaining('update of films 1 does not fit'));
  });

  test('the last transaction, left out', async () => {
    const { differences } = await follow((transaction) =>
      transaction.changes.some(({ after }) => after?.stock === 94) ? [] : [transaction],
    );
    expect(differences).toEqual(['films']);
  });

  test('a transaction that comes twice', async () => {
    const { follower } = await follow(tamperOnce((third) => [third, third]));
    expect(follower.faults).toContainEqual(expect.stringContaining('came after'));
  });

  test('a transaction that comes twice, under a cursor of its own', async () => {
    const { follower } = await follow(tamperOnce((third) => [third, later(third)]));
    expect(follower.faults).toContainEqual(expect.stringContaining('update of films 1 does not fit'));
  });

  test('two transactions that change places', async () => {
    const { follower } = await follow(tamperOnce((third, fourth) => (fourth ? [fourth, third] : [])));
    expect(follower.faults).toContainEqual(expect.stringContaining('came after'));
  });

  test("two transactions that change places, under each other's cursors", async () => {
    const { follower } = await follow(
      tamperOnce((third, fourth) =>
        fourth
          ? [
              { ...fourth, cursor: third.cursor },
              { ...third, cursor: fourth.cursor },
            ]
          : [],
      ),
    );
    expect(follower.faults).toContainEqual(expect.stringContaining('update of films 1 does not fit'));
  });
});
