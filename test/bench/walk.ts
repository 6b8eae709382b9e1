// A list of 1,000,000 orders, walked by Next: by each column of the list and in both directions it shows every order once,
// and its last page takes no longer than its first. Both pages take turns, so that a slow moment of the machine hits both.

import orders from '../../resources/orders.ts';
import { introspect } from '../../src/database/introspect.ts';
import { migrate } from '../../src/database/migrate.ts';
import { createPool, type Pool } from '../../src/database/pool.ts';
import { encodePosition } from '../../src/database/position-text.ts';
import { findPage } from '../../src/database/read-page.ts';
import { type Place, type RowOrder, resolveOrder, type Sort } from '../../src/database/row-order.ts';
import type { Table } from '../../src/database/table.ts';
import { loadInBulk } from '../../src/seed/bulk-load.ts';
import { type PanelClient, startPanel } from '../support/panel.ts';
import { StoreRows } from '../support/store-rows.ts';
import { openBenchServer } from './bench-server.ts';
import { takeTurns } from './take-turns.ts';

const ORDERS = 1_000_000;
const ROUNDS = 40;
const PAGE = 25;
const STRIDE = 500;
const MOST_RATIO = 1.3;

const server = await openBenchServer(`bench_walk_${process.pid}`);
const pool = createPool(server.url, { connectionLimit: 10 });
try {
  await migrate(server.url);
  await fillOrders(pool);
  const table = (await introspect(pool)).find(({ name }) => name === 'orders') as Table;
  const panel = await startPanel({ pool }, [orders]);
  for (const column of orders.list?.columns ?? [])
    for (const direction of ['asc', 'desc'] as const)
      await measure(pool, table, panel.as('employee'), { column, direction });
  await panel.stop();
} finally {
  await pool.end();
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
    await loadInBulk(pool, (loader) =>
      loader.query(
        `INSERT INTO orders (customer_id, employee_id, status, on_hold, hold_reason, total, placed_at)
       SELECT customer_id, IF(RAND() < 0.1, NULL, (SELECT MIN(id) FROM employees) + FLOOR(RAND() * 20)),
         1 + FLOOR(POW(RAND(), 4) * 8), RAND() < 0.01, 'Address unknown', FLOOR(RAND() * 9999) / 100,
         '2025-01-01' + INTERVAL FLOOR(RAND() * 31536000000) * 1000 MICROSECOND
       FROM orders LIMIT ?`,
        [Math.min(count, ORDERS - count)],
      ),
    );
  await pool.query('ANALYZE TABLE orders');
}

async function measure(db: Pool, table: Table, person: PanelClient, sort: Sort): Promise<void> {
  const order = resolveOrder(table, table.columns, sort);
  const { first: edge } = await findPage(db, table, table.columns, {
    filters: [],
    order,
    limit: PAGE + 1,
    place: { offsetFromEnd: 0 },
  });
  if (!edge) throw new Error('the list is empty');
  const list = `/resources/orders/actions/list?sortBy=${sort.column}&direction=${sort.direction}&perPage=${PAGE}`;
  const [first, last] = await takeTurns(ROUNDS, [
    () => person.get(list),
    () => person.get(`${list}&page=40000&after=${encodePosition(edge)}`),
  ]);
  const isWhole = await showsEachOnce(db, table, order);
  const ratio = last / first;
  console.log(
    `orders by ${sort.column} ${sort.direction}: first page ${first.toFixed(1)} ms, last ${last.toFixed(1)} ms, ratio ${ratio.toFixed(2)} (≤ ${MOST_RATIO}); every order once: ${isWhole ? 'yes' : 'no'}`,
  );
  if (!isWhole || ratio > MOST_RATIO) process.exitCode = 1;
}

async function showsEachOnce(db: Pool, table: Table, order: RowOrder): Promise<boolean> {
  const columns = table.columns.filter(({ name }) => name === 'id');
  const seen = new Set<unknown>();
  let count = 0;
  let place: Place = { offset: 0 };
  for (;;) {
    const { rows, last, hasMore } = await findPage(db, table, columns, {
      filters: [],
      order,
      limit: STRIDE,
      place,
    });
    for (const { id } of rows) seen.add(id);
    count += rows.length;
    if (!hasMore || !last) return seen.size === ORDERS && count === ORDERS;
    place = { after: last };
  }
}
