// Searches of lists over 1,000,000 orders: each takes at most three times as long as SQL written by hand for the same
// question, on one connection. Both take turns, so that a slow moment of the machine hits both.

import { quoteIdentifier } from '../../src/database/identifier.ts';
import { introspect } from '../../src/database/introspect.ts';
import { migrate } from '../../src/database/migrate.ts';
import { createPool, type Pool, type RowDataPacket } from '../../src/database/pool.ts';
import { resolveOrder } from '../../src/database/row-order.ts';
import { TableReader } from '../../src/panel/table-reader.ts';
import { createTableViews, type TableViews } from '../../src/panel/table-view.ts';
import { loadResources } from '../../src/resources/load.ts';
import { StoreRows } from '../support/store-rows.ts';
import { openBenchServer } from './bench-server.ts';
import { takeTurns } from './take-turns.ts';

const ORDERS = 1_000_000;
const CUSTOMERS = 50_000;
const FILMS = 5_000;
const ROUNDS = 30;
const PAGE = 25;
const MOST_RATIO = 3;

interface Question {
  readonly name: string;
  readonly table: string;
  readonly text: string;
  /** As somebody would write it who knows the answer's way. */
  readonly sql: string;
}

const BY_CUSTOMER = `SELECT orders.* FROM customers STRAIGHT_JOIN orders ON orders.customer_id = customers.id
  WHERE customers.name LIKE ? ORDER BY orders.placed_at DESC, orders.id DESC LIMIT 25`;
const QUESTIONS: readonly Question[] = [
  { name: 'nothing found', table: 'orders', text: 'nobody of this name', sql: BY_CUSTOMER },
  {
    name: 'an order number',
    table: 'orders',
    text: '654321',
    sql: `SELECT orders.* FROM orders WHERE id = 654321 UNION ${BY_CUSTOMER.replace(/ORDER.*/, '')}`,
  },
  { name: 'a customer', table: 'orders', text: 'Customer 12345', sql: BY_CUSTOMER },
  { name: 'some hundred customers', table: 'orders', text: 'Customer 110', sql: BY_CUSTOMER },
  {
    name: 'an email',
    table: 'customers',
    text: 'customer 31337@ork',
    sql: 'SELECT * FROM customers WHERE email LIKE ? ORDER BY name, id LIMIT 25',
  },
  {
    name: 'a film',
    table: 'order_items',
    text: 'Film 77 ',
    sql: `SELECT order_items.* FROM movies STRAIGHT_JOIN order_items ON order_items.movie_id = movies.id
      WHERE movies.title LIKE ? ORDER BY order_items.order_id DESC, order_items.movie_id DESC LIMIT 25`,
  },
];

const server = await openBenchServer(`bench_search_${process.pid}`);
const pool = createPool(server.url, { connectionLimit: 1 });
try {
  await migrate(server.url);
  await fillStore(pool);
  const resources = await loadResources('resources', await introspect(pool));
  const views = createTableViews(resources, 'employee');
  for (const question of QUESTIONS) await measure(pool, views, question);
} finally {
  await pool.end();
  await server.close();
}

async function fillStore(db: Pool): Promise<void> {
  const rows = new StoreRows(db);
  for (let count = 0; count < 20; count++) await rows.addEmployee(`Agent ${count}`);
  await rows.addCustomer('Customer 0');
  await rows.addFilm({ stock: 0, title: 'Film 0 of many' });
  await repeat(CUSTOMERS, (known, more) =>
    db.query(
      `INSERT INTO customers (id, name, email, species, planet, address)
       SELECT (SELECT MIN(id) FROM customers) + ? + n - 1, CONCAT('Customer ', ? + n), CONCAT('customer ', ? + n, '@ork.example'), 'Orkan', 'Ork', '1 Main Street'
       FROM (SELECT ROW_NUMBER() OVER (ORDER BY id) AS n FROM customers) numbered WHERE n <= ?`,
      [known, known - 1, known - 1, more],
    ),
  );
  await repeat(FILMS, (known, more) =>
    db.query(
      `INSERT INTO movies (id, title, release_year, runtime_minutes, genre, price)
       SELECT (SELECT MIN(id) FROM movies) + ? + n - 1, CONCAT('Film ', ? + n, ' of many'), 1979, 117, 'Horror', 9.99
       FROM (SELECT ROW_NUMBER() OVER (ORDER BY id) AS n FROM movies) numbered WHERE n <= ?`,
      [known, known - 1, more],
    ),
  );
  await db.query('INSERT INTO orders (customer_id) SELECT MIN(id) FROM customers');
  await repeat(ORDERS, (_known, more) =>
    db.query(
      `INSERT INTO orders (customer_id, employee_id, placed_at)
       SELECT (SELECT MIN(id) FROM customers) + FLOOR(RAND() * ?), (SELECT MIN(id) FROM employees) + FLOOR(RAND() * 20),
         '2025-01-01' + INTERVAL FLOOR(RAND() * 31536000) SECOND
       FROM orders LIMIT ?`,
      [CUSTOMERS / 2, more],
    ),
  );
  await dropTriggers(db, 'order_items');
  await db.query(
    `INSERT INTO order_items (order_id, movie_id, quantity, unit_price)
     SELECT id, (SELECT MIN(id) FROM movies) + FLOOR(RAND() * ?), 1, 9.99 FROM orders`,
    [FILMS / 2],
  );
  await db.query('ANALYZE TABLE customers, movies, orders, order_items');
}

/** A million lines are not booked one by one. */
async function dropTriggers(db: Pool, table: string): Promise<void> {
  const [triggers] = await db.query<RowDataPacket[]>(
    'SELECT trigger_name AS name FROM information_schema.triggers WHERE event_object_schema = DATABASE() AND event_object_table = ?',
    [table],
  );
  for (const { name } of triggers) await db.query(`DROP TRIGGER ${quoteIdentifier(name)}`);
}

/** Doubles what is one at first until it is as many as wanted. */
async function repeat(wanted: number, add: (known: number, more: number) => Promise<unknown>): Promise<void> {
  for (let known = 1; known < wanted; known *= 2) await add(known, Math.min(known, wanted - known));
}

async function measure(db: Pool, views: TableViews, { name, table, text, sql }: Question): Promise<void> {
  const view = views.get(table);
  if (!view) throw new Error(`no view of ${table}`);
  const reader = new TableReader(db, views, view);
  const order = resolveOrder(view.table, view.columns, view.resource.sort);
  const search = () =>
    reader.findPage({
      filters: [],
      search: reader.searchFor(text),
      order,
      limit: PAGE,
      place: { offset: 0 },
    });
  const ask = () => db.query(sql, [`%${text}%`]);
  const [ours, theirs] = await takeTurns(ROUNDS, [search, ask]);
  const { total, unsearched } = await search();
  const ratio = ours / theirs;
  const isWhole = unsearched.length === 0;
  console.log(
    `${table}, ${name}: ${total} found in ${ours.toFixed(1)} ms, by hand ${theirs.toFixed(1)} ms, ratio ${ratio.toFixed(2)} (≤ ${MOST_RATIO})${isWhole ? '' : `, not searched: ${unsearched.join(', ')}`}`,
  );
  if (ratio > MOST_RATIO || !isWhole) process.exitCode = 1;
}
