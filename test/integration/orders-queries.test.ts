import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Queryable, RowDataPacket } from '../../src/database/pool.ts';
import { claimOrder } from '../../src/orders/assign-order.ts';
import { findLowStock, findStockMovements, searchFilmsForSale } from '../../src/orders/find-films.ts';
import { holdOrder } from '../../src/orders/hold-order.ts';
import { findQueueCounts, orderQueues } from '../../src/orders/order-queues.ts';
import { findTimeline } from '../../src/orders/order-timeline.ts';
import { packOrder } from '../../src/orders/pack-order.ts';
import { createTestStore, type TestStore, ZIX } from '../support/order-book.ts';
import { createTestReader } from '../support/reader.ts';

const ORDER_COUNT = 20_000;
const FILM_COUNT = 5_000;

let store: TestStore;
beforeAll(async () => {
  store = await createTestStore();
});
afterAll(() => store.drop());

test('the queues count the orders they are about', async () => {
  const { pool, employeeId, otherEmployeeId } = store;
  const movieId = await store.addFilm({ stock: 100, title: 'Alien' });
  const orderIds: number[] = [];
  while (orderIds.length < 6) orderIds.push(await store.order({ movieId, quantity: 1 }));
  const [mine = 0, packed = 0, theirs = 0, held = 0, late = 0] = orderIds;
  await claimOrder(pool, ZIX, { orderId: mine, employeeId });
  await claimOrder(pool, ZIX, { orderId: packed, employeeId });
  await packOrder(pool, ZIX, { orderId: packed });
  await claimOrder(pool, ZIX, { orderId: theirs, employeeId: otherEmployeeId });
  await claimOrder(pool, ZIX, { orderId: held, employeeId });
  await holdOrder(pool, ZIX, { orderId: held, reason: 'because' });
  await pool.query('UPDATE orders SET placed_at = placed_at - INTERVAL 49 HOUR WHERE id = ?', [late]);
  expect(await findQueueCounts(pool, { employeeId, lateAfterHours: 48 })).toEqual({
    'my-orders': 3,
    unassigned: 2,
    'to-pack': 2,
    'to-ship': 1,
    'on-hold': 1,
    late: 1,
  });
  expect(await findQueueCounts(pool, { employeeId: null, lateAfterHours: 50 })).toMatchObject({
    'my-orders': 0,
    unassigned: 2,
    late: 0,
  });
  expect(orderQueues.map(({ id }) => id)).toEqual([
    'my-orders',
    'unassigned',
    'to-pack',
    'to-ship',
    'on-hold',
    'late',
  ]);
});

test('films are found by words of their title, with live availability; %, _ and quotes are letters', async () => {
  const { pool } = store;
  await store.addFilm({ stock: 3, title: 'Robocop', price: '7.50' });
  const found = await store.addFilm({ stock: 5, title: "100% o'Wolf_Robot" });
  await store.order({ movieId: found, quantity: 2 });
  const titles = async (text: string) => (await searchFilmsForSale(pool, text)).map(({ title }) => title);
  expect(await searchFilmsForSale(pool, 'rob')).toEqual([
    { movieId: expect.any(Number), title: 'Robocop', releaseYear: 1979, price: '7.50', available: 3 },
    { movieId: found, title: "100% o'Wolf_Robot", releaseYear: 1979, price: '9.99', available: 3 },
  ]);
  expect(await searchFilmsForSale(pool, 'rob', 1)).toMatchObject([{ title: 'Robocop' }]);
  expect(await titles('robot WOLF')).toEqual(["100% o'Wolf_Robot"]);
  expect(await titles("0% o'w")).toEqual(["100% o'Wolf_Robot"]);
  expect(await titles('%o%')).toEqual([]);
  expect(await titles('f_r')).toEqual(["100% o'Wolf_Robot"]);
  expect(await titles('b_o')).toEqual([]);
  expect((await titles('')).length).toBeGreaterThan(2);
  expect(await searchFilmsForSale(pool, '', 2)).toHaveLength(2);
});

test('films that run low are listed, least available first', async () => {
  const { pool } = store;
  const low = await store.addFilm({ stock: 7, title: 'Low' });
  const out = await store.addFilm({ stock: 1, title: 'Out' });
  const calm = await store.addFilm({ stock: 3, title: 'Calm' });
  await pool.query('UPDATE movies SET low_stock_threshold = 2 WHERE id = ?', [calm]);
  await store.order({ movieId: low, quantity: 2 }, { movieId: out, quantity: 1 });
  const found = await findLowStock((await createTestReader(pool))(), 100);
  const wanted = found.filter(({ id }) => [low, out, calm].includes(Number(id)));
  expect(wanted).toMatchObject([
    { id: String(out), title: 'Out', values: { stock: 1, reserved: 1, available: 0 } },
    { id: String(low), title: 'Low', values: { stock: 7, reserved: 2, available: 5 } },
  ]);
});

/** Runs `find` and explains each statement that it sent: the index of each table, and whether rows are sorted. */
async function explain(find: (db: Queryable) => Promise<unknown>): Promise<(string | null)[]> {
  const sent: [string, unknown[]][] = [];
  const query = (sql: string, values: unknown[]) => {
    sent.push([sql, values]);
    return store.pool.query(sql, values);
  };
  await find({ query: query as Queryable['query'] });
  const plans = await Promise.all(
    sent.map(
      async ([sql, values]) =>
        (await store.pool.query<RowDataPacket[]>(`EXPLAIN FORMAT=TRADITIONAL ${sql}`, values))[0],
    ),
  );
  return plans.flat().map((row) => row.key);
}

test('each query has its index when there is much', async () => {
  const { pool, customerId, employeeId } = store;
  const loader = await pool.getConnection();
  try {
    await loader.query("SET SESSION sql_mode = '', @stock_movement_recorded = 1");
    const digits =
      'SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9';
    const numbers = `SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n
      FROM (${digits}) a, (${digits}) b, (${digits}) c, (${digits}) e, (${digits}) f`;
    await loader.query(
      `INSERT INTO orders (customer_id, status, placed_at)
       SELECT ?, IF(n % 20 = 0, 'placed', 'delivered'), UTC_TIMESTAMP(3) - INTERVAL n MINUTE FROM (${numbers}) s WHERE n < ?`,
      [customerId, ORDER_COUNT],
    );
    await loader.query(
      `INSERT INTO movies (title, release_year, runtime_minutes, genre, price, stock)
       SELECT CONCAT('Bulk ', n), 1980, 90, 'Drama', 5, IF(n % 100 = 0, 0, 50) FROM (${numbers}) s WHERE n < ?`,
      [FILM_COUNT],
    );
    await loader.query(
      `INSERT INTO stock_movements (movie_id, stock_delta, reason)
       SELECT id, 0, 'received' FROM movies CROSS JOIN (${digits}) s WHERE release_year = 1980`,
    );
    await loader.query(
      `INSERT INTO panel_activity (actor_name, actor_role, action, table_name, record_id)
       SELECT 'Zix', 'employee', 'order_noted', 'orders', id FROM orders`,
    );
    for (const table of ['orders', 'movies', 'stock_movements', 'panel_activity'])
      await loader.query(`ANALYZE TABLE ${table}`);
  } finally {
    loader.destroy();
  }
  const [[film]] = await pool.query<RowDataPacket[]>("SELECT id FROM movies WHERE title = 'Bulk 7'");
  expect(await explain((db) => findQueueCounts(db, { employeeId, lateAfterHours: 48 }))).toEqual([
    'orders_work',
  ]);
  const reader = await createTestReader(pool);
  expect(await explain((db) => findLowStock(reader(db), 100))).toEqual(['movies_low_stock']);
  expect(await explain((db) => findStockMovements(reader(db), film?.id))).toEqual(['stock_movements_movie']);
  expect(await explain((db) => findTimeline(reader(db), { id: 17, lines: [] }))).toEqual([
    'panel_activity_record',
  ]);
  expect(await explain((db) => searchFilmsForSale(db, 'bulk 77'))).toEqual([
    null,
    'PRIMARY',
    'movies_title_year',
  ]);
});
