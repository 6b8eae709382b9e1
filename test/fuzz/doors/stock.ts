import type { Pool, RowDataPacket } from '../../../src/database/pool.ts';
import { assignOrder } from '../../../src/orders/assign-order.ts';
import { deliverOrder } from '../../../src/orders/deliver-order.ts';
import { packOrder } from '../../../src/orders/pack-order.ts';
import { shipOrder } from '../../../src/orders/ship-order.ts';
import { StoreRows, ZIX } from '../../support/store-rows.ts';

const FILMS = 6;
const STATUSES = ['placed', 'assigned', 'packed', 'shipped', 'delivered'] as const;
const ORDERS_A_STATUS = 2;

/** Makes sure that there is something of everything again, whatever was deleted, cancelled or shipped. */
export async function restock(pool: Pool): Promise<void> {
  const rows = new StoreRows(pool);
  while ((await count(pool, 'movies WHERE available > 50')) < FILMS)
    await rows.addFilm({ stock: 500, title: `A film ${crypto.randomUUID()}` });
  while ((await count(pool, 'customers')) < 3) await rows.addCustomer(crypto.randomUUID());
  while ((await count(pool, 'specimens')) < 3)
    await pool.query("INSERT INTO specimens (name) VALUES ('Blob')");
  while ((await count(pool, 'actors')) < 3)
    await pool.query('INSERT INTO actors (name) VALUES (?)', [crypto.randomUUID()]);
  for (const status of STATUSES)
    while ((await count(pool, 'orders WHERE status = ? AND on_hold = 0', status)) < ORDERS_A_STATUS)
      await addOrder(pool, rows, status);
}

async function addOrder(pool: Pool, rows: StoreRows, status: (typeof STATUSES)[number]): Promise<void> {
  const [films] = await pool.query<RowDataPacket[]>(
    'SELECT id FROM movies WHERE available > 10 ORDER BY id LIMIT 3',
  );
  const customerId = await findId(pool, "customers WHERE name = 'qzcanary-customer'");
  const employeeId = await findId(pool, 'employees WHERE active');
  const orderId = await rows.place(
    customerId,
    films.map(({ id }) => ({ movieId: id, quantity: 2 })),
  );
  const steps = [
    () => assignOrder(pool, ZIX, { orderId, employeeId }),
    () => packOrder(pool, ZIX, { orderId }),
    () => shipOrder(pool, ZIX, { orderId, carrier: 'Comet', trackingNumber: '1' }),
    () => deliverOrder(pool, ZIX, { orderId }),
  ];
  for (const step of steps.slice(0, STATUSES.indexOf(status))) {
    const done = await step();
    if (!done.ok) throw new Error(done.message);
  }
}

async function findId(pool: Pool, from: string): Promise<number> {
  const [rows] = await pool.query<RowDataPacket[]>(`SELECT MIN(id) AS id FROM ${from}`);
  return rows[0]?.id;
}

async function count(pool: Pool, from: string, ...values: unknown[]): Promise<number> {
  const [rows] = await pool.query<RowDataPacket[]>(`SELECT COUNT(*) AS count FROM ${from}`, values);
  return Number(rows[0]?.count);
}
