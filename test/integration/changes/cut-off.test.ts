import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createChangeFeed } from '../../../src/changes/create-change-feed.ts';
import { createPool } from '../../../src/database/pool.ts';
import { createRandom, type Random } from '../../../src/seed/random.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { FeedFollower, type Tampering } from '../../support/feed-follower.ts';
import { createWriterTables, RandomWriters } from '../../support/random-writers.ts';
import { createTcpProxy, databaseTarget, proxiedUrl, type TcpProxy } from '../../support/tcp-proxy.ts';

const SEEDS = Array.from({ length: 18 }, (_, index) => 20_261_200 + index);
const DISRUPTIONS = 6;
const SILENT = { info: () => undefined, warn: () => undefined };

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await createWriterTables(database.pool);
});

afterAll(() => database.drop());

/** Runs a feed over a network that a test disturbs, with writers who reach the database all the time. */
async function withFeed(
  random: Random,
  tamper: Tampering,
  work: (parts: { proxy: TcpProxy; writers: RandomWriters }) => Promise<void>,
): Promise<{ follower: FeedFollower; differences: string[] }> {
  const proxy = await createTcpProxy(() => databaseTarget(database.url));
  const url = proxiedUrl(database.url, proxy);
  const pool = createPool(url);
  const feed = await createChangeFeed({ pool, url, logger: SILENT });
  const follower = new FeedFollower(feed, tamper);
  const writers = new RandomWriters(database.pool, random);
  try {
    await follower.start();
    await work({ proxy, writers });
    await writers.stop();
    return { follower, differences: await follower.findDifferences(database.pool) };
  } finally {
    await writers.stop();
    follower.stop();
    await feed.stop();
    await pool.end();
    await proxy.stop();
  }
}

type Disruption = (proxy: TcpProxy, goesOn: () => Promise<void>) => Promise<void>;

/** What networks do; each lets the writers go on for a while in its midst. */
const DISRUPTION: Readonly<Record<string, Disruption>> = {
  break: async (proxy) => proxy.breakAll(),
  outage: async (proxy, goesOn) => {
    await proxy.cut();
    await goesOn();
    await proxy.restore();
  },
  standstill: async (proxy, goesOn) => {
    proxy.hold();
    await goesOn();
    proxy.release();
  },
  'standstill that ends in a break': async (proxy, goesOn) => {
    proxy.hold();
    await goesOn();
    proxy.breakAll();
    proxy.release();
  },
  slowness: async (proxy, goesOn) => {
    proxy.setDelay(20);
    await goesOn();
    proxy.setDelay(0);
  },
};

describe('a reader of the feed that is cut off at random has exactly the database rows', () => {
  test.each(SEEDS)('seed %i', async (seed) => {
    const random = createRandom(seed);
    const { follower, differences } = await withFeed(
      createRandom(seed + 1_000),
      (transaction) => [transaction],
      async ({ proxy, writers }) => {
        for (let count = 0; count < DISRUPTIONS; count++) {
          await writers.commits(random.integer(1, 30));
          const name = random.pick(Object.keys(DISRUPTION));
          await DISRUPTION[name]?.(proxy, () => writers.commits(random.integer(1, 60)));
        }
      },
    );
    expect(follower.faults).toEqual([]);
    expect(differences).toEqual([]);
  });
});
