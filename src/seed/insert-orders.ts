import type { PoolConnection } from '../database/pool.ts';
import { formatTime, insertRows } from './insert-rows.ts';
import type { OrderPlan, StepActor } from './order-plan.ts';
import type { StockChange } from './stock-plan.ts';

const ORDER_COLUMNS = ['id', 'customer_id', 'employee_id', 'status', 'on_hold', 'hold_reason', 'placed_at'];
const LINE_COLUMNS = [
  'order_id',
  'movie_id',
  'quantity',
  'unit_price',
  'held_quantity',
  'shipped_quantity',
  'cancelled_quantity',
  'returned_quantity',
];
const SHIPMENT_COLUMNS = [
  'id',
  'order_id',
  'employee_id',
  'carrier',
  'tracking_number',
  'shipped_at',
  'delivered_at',
];
const SHIPMENT_LINE_COLUMNS = ['shipment_id', 'movie_id', 'quantity'];
const MOVEMENT_COLUMNS = [
  'created_at',
  'movie_id',
  'stock_delta',
  'reserved_delta',
  'reason',
  'note',
  'order_id',
  'actor_name',
];
const ACTIVITY_COLUMNS = ['at', 'actor_name', 'actor_role', 'action', 'table_name', 'record_id', 'details'];

/**
 * Writes orders with their lines, with ids from `firstId`, or given by the database where that is null. The database
 * adds up their totals.
 */
export async function insertOrders(
  db: PoolConnection,
  orders: readonly OrderPlan[],
  firstId: number | null,
): Promise<void> {
  const orderRows = orders.map((order, index) => [
    firstId && firstId + index,
    order.customerId,
    order.employeeId,
    order.status,
    order.onHold,
    order.holdReason,
    formatTime(order.placedAt),
  ]);
  setIds(orders, firstId, await insertRows(db, 'orders', ORDER_COLUMNS, orderRows));
  const lineRows = orders.flatMap(({ id, lines }) =>
    lines.map((line) => [
      id,
      line.movieId,
      line.quantity,
      line.unitPrice,
      line.held,
      line.shipped,
      line.cancelled,
      line.returned,
    ]),
  );
  await insertRows(db, 'order_items', LINE_COLUMNS, lineRows);
}

/** Writes the shipments of orders, earliest first; ids as in {@link insertOrders}. */
export async function insertShipments(
  db: PoolConnection,
  orders: readonly OrderPlan[],
  firstId: number | null,
): Promise<void> {
  const shipments = orders
    .flatMap((order) => order.shipments.map((shipment) => ({ order, shipment })))
    .sort((a, b) => a.shipment.shippedAt - b.shipment.shippedAt);
  const rows = shipments.map(({ order, shipment }, index) => {
    const { carrier, trackingNumber, shippedAt, deliveredAt } = shipment;
    const deliveredText = deliveredAt === null ? null : formatTime(deliveredAt);
    const id = firstId && firstId + index;
    const shippedText = formatTime(shippedAt);
    return [id, order.id, order.employeeId, carrier, trackingNumber, shippedText, deliveredText];
  });
  const ids = await insertRows(db, 'shipments', SHIPMENT_COLUMNS, rows);
  setIds(
    shipments.map(({ shipment }) => shipment),
    firstId,
    ids,
  );
  const lineRows = shipments.flatMap(({ shipment }) =>
    shipment.lines.map(({ movieId, quantity }) => [shipment.id, movieId, quantity]),
  );
  await insertRows(db, 'shipment_items', SHIPMENT_LINE_COLUMNS, lineRows);
}

function setIds(records: readonly { id: number }[], firstId: number | null, given: readonly number[]): void {
  for (const [index, record] of records.entries())
    record.id = firstId === null ? (given[index] as number) : firstId + index;
}

type TimedRow = [at: number, ...values: unknown[]];

/** Writes every movement of stock, earliest first. */
export async function insertMovements(
  db: PoolConnection,
  orders: readonly OrderPlan[],
  changes: readonly StockChange[],
): Promise<void> {
  const rows: TimedRow[] = changes.map(({ at, movieId, delta, cause, reason, actor }) => [
    at,
    movieId,
    delta,
    0,
    cause,
    reason,
    null,
    actor.name,
  ]);
  for (const order of orders) {
    for (const { at, movieId, stock, reserved, reason, note, actorName } of order.movements)
      rows.push([at, movieId, stock, reserved, reason, note, order.id, actorName]);
  }
  await insertRows(db, 'stock_movements', MOVEMENT_COLUMNS, sortByTime(rows));
}

/** Writes the timeline, earliest first; the shipments must be written already. */
export async function insertActivities(
  db: PoolConnection,
  orders: readonly OrderPlan[],
  changes: readonly StockChange[],
): Promise<void> {
  const rows: TimedRow[] = changes.map(({ at, movieId, cause, actor, delta, stock, reason }) =>
    toActivityRow(at, actor, `stock_${cause}`, 'movies', movieId, { delta, stock, reason }),
  );
  for (const order of orders) {
    for (const { at, actor, action, details, shipment } of order.activities) {
      const all = shipment ? { shipmentId: shipment.id, ...details } : details;
      rows.push(toActivityRow(at, actor, action, 'orders', order.id, all));
    }
  }
  await insertRows(db, 'panel_activity', ACTIVITY_COLUMNS, sortByTime(rows));
}

function toActivityRow(
  at: number,
  actor: StepActor,
  action: string,
  table: string,
  id: number,
  details: object | undefined,
): TimedRow {
  return [at, actor.name, actor.role, action, table, String(id), details ? JSON.stringify(details) : null];
}

function sortByTime(rows: TimedRow[]): unknown[][] {
  return rows.sort(([a], [b]) => a - b).map(([at, ...values]) => [formatTime(at), ...values]);
}
