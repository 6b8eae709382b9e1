import type { Queryable, RowDataPacket } from '../database/pool.ts';
import type { ReadContext } from '../resources/panel-context.ts';
import { byId, distinct, read } from './seen-rows.ts';

/** What happened since a moment; null where it may not be read. `revenue`, a decimal string, is less what came back. */
export interface Figures {
  readonly placedCount: number | null;
  readonly revenue: string | null;
  readonly shippedCount: number | null;
  readonly lowStockCount: number | null;
}

/** Counts since `since` ('YYYY-MM-DD HH:MM:SS', UTC), from the indexes on placed_at, shipped_at and low_stock. */
export async function findFigures({ figure }: ReadContext, since: string): Promise<Figures> {
  const find = (sql: string, values: readonly unknown[] = []) =>
    figure(async (db) => {
      const [rows] = await db.query<RowDataPacket[]>(sql, [...values]);
      return rows[0]?.value;
    });
  const placed = "FROM orders WHERE placed_at >= ? AND status <> 'cancelled'";
  const [placedCount, revenue, shippedCount, lowStockCount] = await Promise.all([
    find(`SELECT COUNT(*) AS value ${placed}`, [since]),
    find(`SELECT COALESCE(SUM(total - returned_total), 0) AS value ${placed}`, [since]),
    find('SELECT COUNT(*) AS value FROM shipments WHERE shipped_at >= ?', [since]),
    find('SELECT COUNT(*) AS value FROM movies WHERE low_stock = TRUE'),
  ]);
  return { placedCount, revenue, shippedCount, lowStockCount };
}

/** How many orders were placed on each of the last `dayCount` days in UTC, oldest first; `day` is 'YYYY-MM-DD'. */
export async function findOrdersPerDay(
  db: Queryable,
  dayCount: number,
): Promise<{ day: string; count: number }[]> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT DATE(placed_at) AS day, COUNT(*) AS count FROM orders
     WHERE placed_at >= UTC_DATE() - INTERVAL ? DAY GROUP BY day`,
    [dayCount - 1],
  );
  const counts = new Map(rows.map((row) => [String(row.day), Number(row.count)]));
  return Array.from({ length: dayCount }, (_, index) => {
    const day = new Date(Date.now() - (dayCount - 1 - index) * 24 * 60 * 60 * 1000)
      .toISOString()
      .slice(0, 10);
    return { day, count: counts.get(day) ?? 0 };
  });
}

/** An order that waits for somebody; what may not be read is absent. */
export interface WaitingOrder {
  readonly id: string;
  readonly status?: string;
  readonly customerName?: string;
  readonly total?: string;
}

/** The open orders of an employee as somebody sees them, oldest first; of nobody for null. */
export async function findWaitingOrders(
  context: ReadContext,
  employeeId: number | null,
  limit: number,
): Promise<WaitingOrder[]> {
  const status = employeeId === null ? ['placed'] : ['assigned', 'packed', 'partially_shipped'];
  const orders = await context.rows('orders').find({
    where: { status, on_hold: false, employee_id: employeeId },
    sort: { column: 'placed_at', direction: 'asc' },
    limit,
  });
  const customers = byId(await context.rows('customers').byIds(distinct(orders, 'customer_id')));
  return orders.map((order) => ({
    id: order.id,
    status: read(order, 'status'),
    customerName: customers.get(String(order.values.customer_id))?.title,
    total: read(order, 'total'),
  }));
}
