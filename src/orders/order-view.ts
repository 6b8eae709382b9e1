import type { Pool, Queryable, RowDataPacket } from '../database/pool.ts';
import { decideMoney, type OrderLine, type OrderMoney, openQuantity } from './line-arithmetic.ts';
import { decodeLine } from './order-rows.ts';
import { allowedSteps, type OrderStatus, type OrderStep } from './order-status.ts';
import { decideTimeline, findActivity, movieIdsOfActivity, type TimelineEntry } from './order-timeline.ts';
import { findFilms } from './stock-ledger.ts';

/** A line as an order's page shows it. */
export interface OrderLineView extends OrderLine {
  readonly title: string;
  readonly releaseYear: number;
  /** What is still to be shipped. */
  readonly open: number;
  /** Decimal string: what is not cancelled, times the unit price. */
  readonly lineTotal: string;
  /** What could be added to the line now. */
  readonly available: number;
}

/** A shipment with its films. Times: 'YYYY-MM-DD HH:MM:SS.mmm', UTC. */
export interface ShipmentView {
  readonly id: number;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly shippedAt: string;
  readonly deliveredAt: string | null;
  readonly items: readonly { readonly movieId: number; readonly title: string; readonly quantity: number }[];
}

/** What a paper for the warehouse shows of an order. */
export interface OrderSheet {
  readonly id: number;
  readonly status: OrderStatus;
  readonly onHold: boolean;
  readonly holdReason: string | null;
  readonly placedAt: string;
  readonly customer: {
    readonly id: number;
    readonly name: string;
    readonly email: string;
    readonly species: string;
    readonly planet: string;
    readonly address: string;
  };
  readonly employee: { readonly id: number; readonly name: string } | null;
  readonly lines: readonly OrderLineView[];
}

/** Everything that an order's page shows. */
export interface OrderView extends OrderSheet {
  readonly shipments: readonly ShipmentView[];
  readonly money: OrderMoney;
  /** What can be done with it now, whoever may do it. */
  readonly steps: readonly OrderStep[];
  /** Oldest first. */
  readonly timeline: readonly TimelineEntry[];
}

/** Reads an order with everything about it, or null where there is none. */
export async function findOrderView(pool: Pool, orderId: number): Promise<OrderView | null> {
  const [[sheet], shipments, activity] = await Promise.all([
    findOrderSheets(pool, [orderId]),
    findShipments(pool, orderId),
    findActivity(pool, orderId),
  ]);
  if (!sheet) return null;
  const films = await findFilms(pool, movieIdsOfActivity(activity));
  const titles = new Map([...films].map(([movieId, film]) => [movieId, film.title]));
  return {
    ...sheet,
    shipments,
    money: decideMoney(sheet.lines),
    steps: allowedSteps(sheet),
    timeline: decideTimeline(sheet.placedAt, activity, titles),
  };
}

/** Reads many orders for a paper by two statements in all, in the order of the ids; those that are not there are left out. */
export async function findOrderSheets(db: Queryable, orderIds: readonly number[]): Promise<OrderSheet[]> {
  if (orderIds.length === 0) return [];
  const [heads, lines] = await Promise.all([findHeads(db, orderIds), findLines(db, orderIds)]);
  return orderIds.flatMap((orderId) => {
    const head = heads.get(orderId);
    return head ? [{ ...head, lines: lines.get(orderId) ?? [] }] : [];
  });
}

async function findHeads(
  db: Queryable,
  orderIds: readonly number[],
): Promise<Map<number, Omit<OrderSheet, 'lines'>>> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT o.id, o.status, o.on_hold, o.hold_reason, o.placed_at, o.employee_id, e.name AS employee_name,
       c.id AS customer_id, c.name, c.email, c.species, c.planet, c.address
     FROM orders o JOIN customers c ON c.id = o.customer_id LEFT JOIN employees e ON e.id = o.employee_id
     WHERE o.id IN (?)`,
    [orderIds],
  );
  return new Map(rows.map((row) => [row.id, decodeHead(row)]));
}

function decodeHead(row: RowDataPacket): Omit<OrderSheet, 'lines'> {
  const { name, email, species, planet, address } = row;
  return {
    id: row.id as number,
    status: row.status as OrderStatus,
    onHold: row.on_hold === 1,
    holdReason: row.hold_reason as string | null,
    placedAt: row.placed_at as string,
    customer: { id: row.customer_id, name, email, species, planet, address },
    employee: row.employee_id === null ? null : { id: row.employee_id, name: row.employee_name },
  };
}

async function findLines(db: Queryable, orderIds: readonly number[]): Promise<Map<number, OrderLineView[]>> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT i.order_id, i.movie_id, i.quantity, i.unit_price, i.held_quantity, i.shipped_quantity,
       i.cancelled_quantity, i.returned_quantity, i.line_total, m.title, m.release_year, m.available
     FROM order_items i JOIN movies m ON m.id = i.movie_id WHERE i.order_id IN (?) ORDER BY m.title, m.id`,
    [orderIds],
  );
  const lines = new Map<number, OrderLineView[]>();
  for (const row of rows) {
    const ofOrder = lines.get(row.order_id) ?? [];
    lines.set(row.order_id, ofOrder);
    ofOrder.push(decodeLineView(row));
  }
  return lines;
}

function decodeLineView(row: RowDataPacket): OrderLineView {
  const line = decodeLine(row);
  return {
    ...line,
    title: row.title,
    releaseYear: row.release_year,
    open: openQuantity(line),
    lineTotal: row.line_total,
    available: row.available,
  };
}

async function findShipments(db: Queryable, orderId: number): Promise<ShipmentView[]> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT s.id, s.carrier, s.tracking_number, s.shipped_at, s.delivered_at, i.movie_id, i.quantity, m.title
     FROM shipments s JOIN shipment_items i ON i.shipment_id = s.id JOIN movies m ON m.id = i.movie_id
     WHERE s.order_id = ? ORDER BY s.id, m.title, m.id`,
    [orderId],
  );
  type Growing = ShipmentView & { items: ShipmentView['items'][number][] };
  const shipments = new Map<number, Growing>();
  for (const row of rows) {
    const shipment: Growing = shipments.get(row.id) ?? {
      id: row.id,
      carrier: row.carrier,
      trackingNumber: row.tracking_number,
      shippedAt: row.shipped_at,
      deliveredAt: row.delivered_at,
      items: [],
    };
    shipments.set(row.id, shipment);
    shipment.items.push({ movieId: row.movie_id, title: row.title, quantity: row.quantity });
  }
  return [...shipments.values()];
}
