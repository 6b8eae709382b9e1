// Orders per second through placeOrder: against the same statements on a bare mysql2 pool, and on one hot film with
// 64 connections against 4. Both sides take turns in short slices, so that a slow moment of the machine hits both.
import {
  createPool as createBarePool,
  type Pool,
  type PoolConnection,
  type ResultSetHeader,
} from 'mysql2/promise';
import { migrate } from '../../src/database/migrate.ts';
import { CONNECTION_OPTIONS, createPool } from '../../src/database/pool.ts';
import { placeOrder } from '../../src/orders/place-order.ts';
import { reconcileStock } from '../../src/orders/reconcile-stock.ts';
import { type OrderedFilm, StoreRows, ZIX } from '../support/store-rows.ts';
import { openBenchServer } from './bench-server.ts';

const FILM_COUNT = 200;
const LINE_COUNT = 3;
const CONCURRENCY = 16;
const ROUND_COUNT = 12;
const SLICE_MS = 700;
const LEAST_RATIO = { bare: 0.85, hot: 0.8 };

type Place = (lines: OrderedFilm[]) => Promise<void>;

const server = await openBenchServer('bench_place_order');
const pools = [16, 64, 4].map((connectionLimit) => createPool(server.url, { connectionLimit }));
const [pool, widePool, narrowPool] = pools as [Pool, Pool, Pool];
const barePool = createBarePool({ uri: server.url, connectionLimit: CONCURRENCY, ...CONNECTION_OPTIONS });
barePool.pool.on('connection', (connection) => {
  connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
});

try {
  await migrate(server.url);
  const rows = new StoreRows(pool);
  const customerId = await rows.addCustomer('Gax');
  const movieIds: number[] = [];
  while (movieIds.length < FILM_COUNT) movieIds.push(await rows.addFilm({ stock: 10_000_000 }));

  const randomBasket = () =>
    [
      ...new Set(
        Array.from({ length: LINE_COUNT }, () => movieIds[Math.floor(Math.random() * FILM_COUNT)] as number),
      ),
    ]
      .sort((a, b) => a - b)
      .map((movieId) => ({ movieId, quantity: 1 }));
  const hotBasket = () => [{ movieId: movieIds[0] as number, quantity: 1 }];
  const through =
    (chosen: Pool): Place =>
    async (lines) => {
      const answer = await placeOrder(chosen, ZIX, {
        customerId,
        lines,
        idempotencyKey: crypto.randomUUID(),
      });
      if (!answer.ok) throw new Error(answer.message);
    };
  const bare = createBarePlace(await recordStatements(through, randomBasket()), customerId);

  const ratios = [
    await compare(
      'placeOrder',
      [through(pool), CONCURRENCY],
      'bare statements',
      [bare, CONCURRENCY],
      randomBasket,
    ),
    await compare(
      'hot film, 64 connections',
      [through(widePool), 64],
      '4 connections',
      [through(narrowPool), 4],
      hotBasket,
    ),
  ];
  const differences = await reconcileStock(pool);
  console.log(`reconcile: ${differences.length} differences`);
  const isGood = (ratios[0] ?? 0) >= LEAST_RATIO.bare && (ratios[1] ?? 0) >= LEAST_RATIO.hot;
  if (!isGood || differences.length > 0) process.exitCode = 1;
} finally {
  for (const one of [...pools, barePool]) await one.end();
  await server.close();
}

/** The texts of the statements that one placement sends, in order. */
async function recordStatements(through: (pool: Pool) => Place, lines: OrderedFilm[]): Promise<string[]> {
  const statements: string[] = [];
  const recorder = createPool(server.url, { connectionLimit: 1 });
  const connection = await recorder.getConnection();
  const query = connection.connection.query.bind(connection.connection);
  connection.connection.query = ((...args: Parameters<typeof query>) => {
    statements.push(String(args[0]));
    return query(...args);
  }) as typeof query;
  connection.release();
  await through(recorder)(lines);
  await recorder.end();
  return statements;
}

/** Sends the recorded statements with values of its own, and nothing else. */
function createBarePlace(statements: readonly string[], customerId: number): Place {
  const [begin, order, key, activity, lock, movements, items, commit] = statements as string[] & {
    length: 8;
  };
  if (statements.length !== 8) throw new Error(`A placement sends ${statements.length} statements, not 8.`);
  return async (lines) => {
    const connection: PoolConnection = await barePool.getConnection();
    const run = (sql: string | undefined, values?: unknown[]) =>
      connection.query<ResultSetHeader>(sql ?? '', values);
    await run(begin);
    const [{ insertId }] = await run(order, [customerId]);
    await run(key, [
      crypto.randomUUID(),
      'place_order',
      '0'.repeat(64),
      JSON.stringify({ ok: true, orderId: insertId }),
    ]);
    await run(activity, [
      ZIX.id,
      ZIX.name,
      ZIX.role,
      'order_placed',
      'orders',
      String(insertId),
      JSON.stringify({ lines }),
    ]);
    await run(lock, [lines.map(({ movieId }) => movieId)]);
    await run(movements, [
      lines.map(({ movieId, quantity }) => [movieId, 0, quantity, 'reserved', null, insertId, ZIX.name]),
    ]);
    await run(items, [lines.map(({ movieId, quantity }) => [insertId, movieId, quantity, '9.99', quantity])]);
    await run(commit);
    connection.release();
  };
}

/** Runs both sides by turns and prints their rates; the ratio of what they placed. */
async function compare(
  oneName: string,
  one: [Place, number],
  otherName: string,
  other: [Place, number],
  basket: () => OrderedFilm[],
): Promise<number> {
  await runSlice(...one, basket);
  await runSlice(...other, basket);
  let oneRate = 0;
  let otherRate = 0;
  for (let round = 0; round < ROUND_COUNT; round++) {
    oneRate += (await runSlice(...one, basket)) / ROUND_COUNT;
    otherRate += (await runSlice(...other, basket)) / ROUND_COUNT;
  }
  const ratio = oneRate / otherRate;
  console.log(
    `${oneName}: ${oneRate.toFixed(0)}/s, ${otherName}: ${otherRate.toFixed(0)}/s, ratio ${ratio.toFixed(2)}`,
  );
  return ratio;
}

/** Places orders for a while with so many buyers at once; orders per second. */
async function runSlice(place: Place, buyerCount: number, basket: () => OrderedFilm[]): Promise<number> {
  const startedAt = performance.now();
  let placedCount = 0;
  const buy = async () => {
    while (performance.now() - startedAt < SLICE_MS) {
      await place(basket());
      placedCount += 1;
    }
  };
  await Promise.all(Array.from({ length: buyerCount }, buy));
  return (placedCount / (performance.now() - startedAt)) * 1_000;
}
