// A list of 1,000,000 orders, walked by Next: by each column of the list and in both directions it shows every order once,
// and its last page takes no longer than its first. Both pages take turns, so that a slow moment of the machine hits both.

import orders from '../../resources/orders.ts';
import { introspect } from '../../src/database/introspect.ts';
import { migrate } from '../../src/database/migrate.ts';
import { createPool, type Pool } from '../../src/database/pool.ts';
import { findPage, type Place } from '../../src/database/read-page.ts';
import { resolveOrder, type Sort } from '../../src/database/row-order.ts';
import type { Table } from '../../src/database/table.ts';
import { StoreRows } from '../support/store-rows.ts';
import { openBenchServer } from './bench-server.ts';

const ORDERS = 1_000_000;
const ROUNDS = 40;
const PAGE = 25;
const STRIDE = 500;
const MOST_RATIO = 1.3;

const server = await openBenchServer(`bench_walk_${process.pid}`);
try {
  await migrate(server.url);
  const pool = createPool(server.url, { connectionLimit: 2 });
  await fillOrders(pool);
  const table = (await introspect(pool)).find(({ name }) => name === 'orders') as Table;
  for (const column of orders.list?.columns ?? [])
    for (const direction of ['asc', 'desc'] as const) await measure(pool, table, { column, direction });
  await pool.end();
} finally {
  await server.close();
}

async function fillOrders(pool: Pool): Promise<void> {
  const rows = new StoreRows(pool);
  for (let count = 0; count < 500; count++) await rows.addCustomer(`Customer ${count}`);
  await pool.query(
    `INSERT INTO employees (name, email, position, hired_on)
     SELECT CONCAT('Agent ', id), CONCAT('agent', id, '@bench.example'), 'Agent', '2026-01-01' FROM customers LIMIT 20`,
  );
  await pool.query('INSERT INTO orders (customer_id) SELECT id FROM customers');
  for (let count = 500; count < ORDERS; count *= 2)
    await pool.query(
      `INSERT INTO orders (customer_id, employee_id, status, on_hold, hold_reason, total, placed_at)
       SELECT customer_id, IF(RAND() < 0.1, NULL, (SELECT MIN(id) FROM employees) + FLOOR(RAND() * 20)),
         1 + FLOOR(POW(RAND(), 4) * 8), RAND() < 0.01, 'Address unknown', FLOOR(RAND() * 9999) / 100,
         '2025-01-01' + INTERVAL FLOOR(RAND() * 31536000000) * 1000 MICROSECOND
       FROM orders LIMIT ?`,
      [Math.min(count, ORDERS - count)],
    );
  await pool.query('ANALYZE TABLE orders');
}

async function measure(pool: Pool, table: Table, sort: Sort): Promise<void> {
  const order = resolveOrder(table, table.columns, sort);
  const read = (place: Place, limit: number) =>
    findPage(pool, table, table.columns, { filters: [], order, limit, place });
  const { rows } = await read({ offsetFromEnd: 0 }, PAGE + 1);
  const edge = rows[0]?.position;
  if (!edge) throw new Error('the list is empty');
  const took: Record<'first' | 'last', number[]> = { first: [], last: [] };
  for (let round = 0; round < ROUNDS; round++) {
    took.first.push(await timeOf(() => read({ offset: 0 }, PAGE)));
    took.last.push(await timeOf(() => read({ after: edge }, PAGE)));
  }
  const [first, last] = [median(took.first), median(took.last)];
  const isWhole = await showsEachOnce(read);
  const ratio = last / first;
  const isGood = isWhole && ratio <= MOST_RATIO;
  console.log(
    `orders by ${sort.column} ${sort.direction}: first page ${first.toFixed(2)} ms, last ${last.toFixed(2)} ms, ratio ${ratio.toFixed(2)} (≤ ${MOST_RATIO}); every order once: ${isWhole ? 'yes' : 'no'}`,
  );
  if (!isGood) process.exitCode = 1;
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function median(values: number[]): number {
  return values.sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

async function showsEachOnce(
  read: (place: Place, limit: number) => ReturnType<typeof findPage>,
): Promise<boolean> {
  const seen = new Set<unknown>();
  let count = 0;
  let place: Place = { offset: 0 };
  for (;;) {
    const { rows, hasMore } = await read(place, STRIDE);
    for (const { row } of rows) seen.add(row.id);
    count += rows.length;
    const edge = rows.at(-1)?.position;
    if (!hasMore || !edge) return seen.size === ORDERS && count === ORDERS;
    place = { after: edge };
  }
}
