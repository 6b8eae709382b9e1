import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ChangeFeed } from '../../src/changes/change-feed.ts';
import { createPanelOnlyFeed } from '../../src/changes/panel-only-feed.ts';
import type { Transaction } from '../../src/changes/transaction.ts';
import { recordActivity } from '../../src/database/activity.ts';
import { introspect } from '../../src/database/introspect.ts';
import { createPool, type Pool, type Queryable, type RowDataPacket } from '../../src/database/pool.ts';
import { createDatabaseLink } from '../support/database-link.ts';
import { createTestStore, type TestStore, ZIX } from '../support/order-book.ts';

const CAUSE = 'the log is off';
const WAIT = { timeout: 20_000, interval: 20 };

let store: TestStore;
const feeds: ChangeFeed[] = [];

beforeAll(async () => {
  store = await createTestStore();
});
afterEach(async () => {
  for (const feed of feeds.splice(0)) await feed.stop();
});
afterAll(() => store.drop());

interface WatchedFeed {
  readonly feed: ChangeFeed;
  readonly told: Transaction[];
  /** What was told, by the record ids of the activity. */
  records(): unknown[];
}

async function startFeed(pool: Pool = store.pool): Promise<WatchedFeed> {
  const feed = await createPanelOnlyFeed({ pool, tables: await introspect(store.pool), cause: CAUSE });
  feeds.push(feed);
  const told: Transaction[] = [];
  feed.onTransaction((transaction) => told.push(transaction));
  return { feed, told, records: () => recordsOf(told) };
}

function recordsOf(transactions: readonly Transaction[] | null): unknown[] {
  return (transactions ?? []).map(({ changes }) => changes[0]?.after?.record_id);
}

function record(db: Queryable, recordId: string, table = 'orders'): Promise<void> {
  return recordActivity(db, ZIX, { action: 'order_annotated', table, recordId });
}

async function sees(watched: WatchedFeed, recordId: string): Promise<void> {
  await vi.waitFor(() => expect(watched.records()).toContain(recordId), WAIT);
}

test('a command is told once, with who did it, its activity row, and every table it may have changed', async () => {
  const watched = await startFeed();
  const movieId = await store.addFilm({ stock: 5 });
  const orderId = await store.order({ movieId, quantity: 2 });
  await sees(watched, String(orderId));
  const [transaction] = watched.told;
  expect(watched.told).toHaveLength(1);
  expect(transaction?.actor).toEqual(ZIX);
  expect(transaction?.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(transaction?.changes).toEqual([
    expect.objectContaining({ table: 'panel_activity', kind: 'insert', before: null }),
  ]);
  expect(transaction?.changes[0]?.after).toMatchObject({ action: 'order_placed', table_name: 'orders' });
  const dirty = transaction?.dirty.map(({ table }) => table);
  expect(dirty).toEqual(
    expect.arrayContaining(['orders', 'order_items', 'movies', 'stock_movements', 'shipments']),
  );
  expect(dirty).not.toContain('panel_accounts');
  expect(watched.feed.status).toMatchObject({ mode: 'panel-only', connected: true, cause: CAUSE });
});

test('what names no table of the schema makes nothing dirty', async () => {
  const watched = await startFeed();
  await record(store.pool, 'nowhere', 'no_such_table');
  await sees(watched, 'nowhere');
  expect(watched.told[0]?.dirty).toEqual([]);
});

describe('ids that are committed out of order', () => {
  test('are told once each; what is rolled back never is', async () => {
    const watched = await startFeed();
    const [slow, undone] = [await store.pool.getConnection(), await store.pool.getConnection()];
    await slow.query('START TRANSACTION');
    await record(slow, 'slow');
    await undone.query('START TRANSACTION');
    await record(undone, 'undone');
    await record(store.pool, 'quick');
    await sees(watched, 'quick');
    await slow.query('COMMIT');
    await undone.query('ROLLBACK');
    for (const connection of [slow, undone]) connection.release();
    await sees(watched, 'slow');
    await record(store.pool, 'marker');
    await sees(watched, 'marker');
    expect(watched.records()).toEqual(['quick', 'slow', 'marker']);
  });

  test('are told, too, where they were under way when the feed began', async () => {
    const slow = await store.pool.getConnection();
    await slow.query('START TRANSACTION');
    await record(slow, 'early');
    await record(store.pool, 'before the feed');
    const watched = await startFeed();
    await slow.query('COMMIT');
    slow.release();
    await sees(watched, 'early');
    expect(watched.records()).toEqual(['early']);
  });
});

describe('cursors', () => {
  test('replay what came after them; another node knows only those of snapshots', async () => {
    const [here, there] = [await startFeed(), await startFeed()];
    for (const id of ['a', 'b', 'c']) {
      await record(store.pool, id);
      await sees(here, id);
      await sees(there, id);
    }
    const cursors = here.told.map(({ cursor }) => cursor);
    expect(cursors).toEqual([...cursors].sort());
    expect(recordsOf(here.feed.since(cursors[0] ?? ''))).toEqual(['b', 'c']);
    expect(here.feed.since(here.feed.head)).toEqual([]);
    expect(there.feed.since(cursors[0] ?? '')).toBeNull();
    for (const unknown of ['', 'x', '20000101000000000000']) expect(here.feed.since(unknown)).toBeNull();

    const { cursor } = await there.feed.snapshot(async () => null);
    await record(store.pool, 'd');
    await sees(here, 'd');
    expect(recordsOf(here.feed.since(cursor))).toEqual(['d']);
  });

  test('of a snapshot leave nothing out that its data does not hold, while others write', async () => {
    const watched = await startFeed();
    for (let round = 0; round < 5; round++) {
      const written = Array.from({ length: 200 }, (_, index) => `written-${round}-${index}`);
      const writing = Promise.all(written.map((id) => record(store.pool, id)));
      const { cursor, data } = await watched.feed.snapshot(findRecordIds);
      await writing;
      await vi.waitFor(() => expect(watched.records()).toEqual(expect.arrayContaining(written)), WAIT);
      const known = new Set([...data, ...recordsOf(watched.feed.since(cursor))]);
      expect(written.filter((id) => !known.has(id))).toEqual([]);
    }
  });

  test('of a snapshot come before what was committed after it, even while the feed is looking', async () => {
    let interrupt: (() => Promise<void>) | null = null;
    const pool = interceptQueries(async (sql) => {
      const work = sql.includes('FROM `panel_activity`') ? interrupt : null;
      if (work) interrupt = null;
      await work?.();
    });
    const watched = await startFeed(pool);
    const cursor = await new Promise<string>((resolve) => {
      interrupt = async () => {
        const snapshot = await watched.feed.snapshot(findRecordIds);
        await record(store.pool, 'right after');
        expect(snapshot.data).not.toContain('right after');
        resolve(snapshot.cursor);
      };
    });
    await sees(watched, 'right after');
    expect(recordsOf(watched.feed.since(cursor))).toEqual(['right after']);
  });
});

/** The store's pool, with something done before each of its queries. */
function interceptQueries(before: (sql: string) => Promise<void>): Pool {
  const query = async (sql: string, values: unknown[]) => {
    await before(sql);
    return store.pool.query(sql, values);
  };
  return new Proxy(store.pool, {
    get: (pool, name) => (name === 'query' ? query : Reflect.get(pool, name).bind(pool)),
  });
}

async function findRecordIds(db: Queryable): Promise<string[]> {
  const [rows] = await db.query<RowDataPacket[]>('SELECT record_id AS id FROM panel_activity');
  return rows.map(({ id }) => id);
}

test('a lost database is told, and nothing of what was done meanwhile is lost', async () => {
  const link = await createDatabaseLink(store.url);
  const pool = createPool(link.url);
  const watched = await startFeed(pool);
  const turns: boolean[] = [];
  watched.feed.onStatus(({ connected }) => turns.push(connected));
  await link.cut();
  await vi.waitFor(() => expect(watched.feed.status.connected).toBe(false), WAIT);
  const meanwhile = Array.from({ length: 2_500 }, (_, index) => `meanwhile-${index}`);
  await store.pool.query(
    'INSERT INTO panel_activity (actor_name, actor_role, action, table_name, record_id) VALUES ?',
    [meanwhile.map((id) => ['Zix', 'employee', 'order_annotated', 'orders', id])],
  );
  await link.restore();
  await vi.waitFor(() => expect(turns).toEqual([false, true]), WAIT);
  expect(watched.records()).toEqual(meanwhile);

  await link.cut();
  await vi.waitFor(() => expect(watched.feed.status.connected).toBe(false), WAIT);
  await watched.feed.stop();
  await pool.end();
});
