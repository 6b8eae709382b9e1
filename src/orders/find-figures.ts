import type { Queryable, RowDataPacket } from '../database/pool.ts';

/** What happened since a moment. `revenue` is a decimal string. */
export interface Figures {
  readonly placedCount: number;
  readonly revenue: string;
  readonly shippedCount: number;
  readonly lowStockCount: number;
}

/** Counts since `since` ('YYYY-MM-DD HH:MM:SS', UTC), from the indexes on placed_at, shipped_at and low_stock. */
export async function findFigures(db: Queryable, since: string): Promise<Figures> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT
       (SELECT COUNT(*) FROM orders WHERE placed_at >= ? AND status <> 'cancelled') AS placedCount,
       (SELECT COALESCE(SUM(total), 0) FROM orders WHERE placed_at >= ? AND status <> 'cancelled') AS revenue,
       (SELECT COUNT(*) FROM shipments WHERE shipped_at >= ?) AS shippedCount,
       (SELECT COUNT(*) FROM movies WHERE low_stock = TRUE) AS lowStockCount`,
    [since, since, since],
  );
  return rows[0] as RowDataPacket & Figures;
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

/** An order that waits for somebody. */
export interface WaitingOrder {
  readonly id: number;
  readonly status: string;
  readonly customerName: string;
  readonly placedAt: string;
  readonly total: string;
}

/** The open orders of an employee, oldest first; of nobody for null. */
export async function findWaitingOrders(
  db: Queryable,
  employeeId: number | null,
  limit: number,
): Promise<WaitingOrder[]> {
  const statuses = employeeId === null ? ['placed'] : ['assigned', 'packed', 'partially_shipped'];
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT o.id, o.status, c.name AS customerName, o.placed_at AS placedAt, o.total
     FROM orders o JOIN customers c ON c.id = o.customer_id
     WHERE o.status IN (?) AND o.on_hold = FALSE AND o.employee_id <=> ? ORDER BY o.placed_at, o.id LIMIT ?`,
    [statuses, employeeId, limit],
  );
  return rows as (RowDataPacket & WaitingOrder)[];
}
