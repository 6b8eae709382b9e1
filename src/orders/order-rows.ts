import type { Queryable, RowDataPacket } from '../database/pool.ts';
import { type Refusal, refuse } from '../errors.ts';
import { collect, type OrderLine, type Quantities, unheldQuantity } from './line-arithmetic.ts';
import type { OrderState } from './order-status.ts';
import type { OrderStatus } from './order-statuses.ts';
import { decideAvailability, type FilmStock, type Movement, toMovements } from './stock-ledger.ts';

/** An order as the commands see it. */
export interface Order extends OrderState {
  readonly ok: true;
  readonly customerId: number;
  readonly employeeId: number | null;
  /** In the order of the films' ids. */
  readonly lines: readonly OrderLine[];
}

const ORDER_COLUMNS = `o.id, o.customer_id, o.employee_id, o.status, o.on_hold, o.hold_reason,
  i.movie_id, i.quantity, i.unit_price, i.held_quantity, i.shipped_quantity, i.cancelled_quantity, i.returned_quantity`;

/** Locks an order and its lines until the end of the transaction and reads them; refuses where there is none. */
export async function lockOrder(db: Queryable, orderId: number): Promise<Order | Refusal> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT ${ORDER_COLUMNS} FROM orders o LEFT JOIN order_items i ON i.order_id = o.id
     WHERE o.id = ? ORDER BY i.movie_id FOR UPDATE`,
    [orderId],
  );
  return decodeOrders(rows).get(orderId) ?? refuseUnknownOrder(orderId);
}

/** Reads orders and their lines without a lock: what is decided on them may be out of date a moment later. */
export async function findOrders(db: Queryable, orderIds: readonly number[]): Promise<Map<number, Order>> {
  if (orderIds.length === 0) return new Map();
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT ${ORDER_COLUMNS} FROM orders o LEFT JOIN order_items i ON i.order_id = o.id
     WHERE o.id IN (?) ORDER BY o.id, i.movie_id`,
    [orderIds],
  );
  return decodeOrders(rows);
}

export function refuseUnknownOrder(orderId: number): Refusal {
  return refuse('unknown_order', `There is no order ${orderId}. It may have been deleted.`);
}

function decodeOrders(rows: readonly RowDataPacket[]): Map<number, Order> {
  const orders = new Map<number, Order & { lines: OrderLine[] }>();
  for (const row of rows) {
    const order: Order & { lines: OrderLine[] } = orders.get(row.id) ?? {
      ok: true,
      id: row.id,
      customerId: row.customer_id,
      employeeId: row.employee_id,
      status: row.status as OrderStatus,
      onHold: row.on_hold === 1,
      holdReason: row.hold_reason,
      lines: [],
    };
    orders.set(row.id, order);
    if (row.movie_id !== null) order.lines.push(decodeLine(row));
  }
  return orders;
}

/** Decodes a row of order_items. */
export function decodeLine(row: RowDataPacket): OrderLine {
  return {
    movieId: row.movie_id,
    quantity: row.quantity,
    unitPrice: row.unit_price,
    held: row.held_quantity,
    shipped: row.shipped_quantity,
    cancelled: row.cancelled_quantity,
    returned: row.returned_quantity,
  };
}

/**
 * Takes an order in: decides the movements that reserve what its lines still need and do not hold, which is something
 * only where another program wrote them. `films` must hold every film of such a line.
 */
export function decideAdoption(
  order: Order,
  films: ReadonlyMap<number, FilmStock>,
): { readonly ok: true; readonly movements: Movement[] } | Refusal {
  const demand = collect(order.lines, unheldQuantity);
  const refusal = decideAvailability(demand, films);
  return refusal ?? { ok: true, movements: toMovements(demand, 'reserved', { reserved: 1 }) };
}

type LineFigure = 'quantity' | 'shipped_quantity' | 'cancelled_quantity' | 'returned_quantity';

/** Adds to one figure of several lines of an order. */
export async function addToLines(
  db: Queryable,
  orderId: number,
  figure: LineFigure,
  quantities: Quantities,
): Promise<void> {
  if (quantities.size === 0) return;
  const cases = [...quantities].flat();
  await db.query(
    `UPDATE order_items SET ${figure} = ${figure} + CASE movie_id ${'WHEN ? THEN ? '.repeat(quantities.size)}END
     WHERE order_id = ? AND movie_id IN (?)`,
    [...cases, orderId, [...quantities.keys()]],
  );
}

/** Writes an order's new status. */
export async function updateStatus(db: Queryable, orderId: number, status: OrderStatus): Promise<void> {
  await db.query('UPDATE orders SET status = ? WHERE id = ?', [status, orderId]);
}
