import type { ReadContext, SeenRow } from '../resources/panel-context.ts';
import { findShipments, type ShipmentView } from './find-shipments.ts';
import {
  byId,
  compareFilms,
  describeFilm,
  distinct,
  type EmployeeView,
  type FilmView,
  findFilmRows,
  groupBy,
  read,
  readEmployee,
} from './seen-rows.ts';

/** Who ordered; what may not be read is absent. */
export interface CustomerView {
  readonly id: number;
  readonly name: string;
  readonly email?: string;
  readonly species?: string;
  readonly planet?: string;
  readonly address?: string;
  /** Whether there is a page to open. */
  readonly isSeen: boolean;
}

/** A line of an order; what may not be read, and what follows from that, is absent. Money: decimal strings. */
export interface OrderLineView extends FilmView {
  readonly quantity?: number;
  readonly unitPrice?: string;
  /** What the film costs now. */
  readonly priceNow?: string;
  readonly shipped?: number;
  readonly cancelled?: number;
  readonly returned?: number;
  /** What is still to be shipped. */
  readonly open?: number;
  /** What is not cancelled, times the unit price. */
  readonly lineTotal?: string;
  /** What could be added to the line now. */
  readonly available?: number;
}

/** An order with its lines and shipments; what may not be read is absent. Times are ISO 8601 UTC. */
export interface OrderSheet {
  readonly id: number;
  readonly status?: string;
  readonly onHold?: boolean;
  readonly holdReason?: string | null;
  readonly placedAt?: string;
  readonly customer?: CustomerView;
  /** Null: nobody. */
  readonly employee?: EmployeeView | null;
  readonly lines: readonly OrderLineView[];
  /** Oldest first. */
  readonly shipments: readonly ShipmentView[];
}

/**
 * Reads many orders as somebody sees them, by as many statements as one; in the order of the ids, those that are not
 * there left out.
 */
export async function findOrderSheets(
  context: ReadContext,
  orderIds: readonly (string | number)[],
): Promise<OrderSheet[]> {
  const orders = await context.rows('orders').byIds(orderIds);
  if (orders.length === 0) return [];
  const ids = orders.map(({ id }) => id);
  const [customers, employees, items, shipments] = await Promise.all([
    context.rows('customers').byIds(distinct(orders, 'customer_id')),
    context.rows('employees').byIds(distinct(orders, 'employee_id')),
    context.rows('order_items').find({ where: { order_id: ids } }),
    findShipments(context, { order_id: ids }),
  ]);
  const films = await findFilmRows(context, items);
  const lines = groupBy(items, 'order_id');
  const customersById = byId(customers);
  const employeesById = byId(employees);
  return orders.map((order) => ({
    ...readHead(order, customersById, employeesById),
    lines: (lines.get(order.id) ?? []).map((item) => readLine(item, films)).sort(compareFilms),
    shipments: shipments.filter(({ orderId }) => orderId === Number(order.id)),
  }));
}

function readHead(
  order: SeenRow,
  customers: ReadonlyMap<string, SeenRow>,
  employees: ReadonlyMap<string, SeenRow>,
): Omit<OrderSheet, 'lines' | 'shipments'> {
  const customerId = read<number>(order, 'customer_id');
  return {
    id: Number(order.id),
    status: read(order, 'status'),
    onHold: read(order, 'on_hold'),
    holdReason: read(order, 'hold_reason'),
    placedAt: read(order, 'placed_at'),
    customer:
      customerId === undefined ? undefined : readCustomer(customerId, customers.get(String(customerId))),
    employee: readEmployee(order, employees),
  };
}

function readCustomer(id: number, row: SeenRow | undefined): CustomerView {
  return {
    id,
    name: row?.title ?? `Customer ${id}`,
    email: read(row, 'email'),
    species: read(row, 'species'),
    planet: read(row, 'planet'),
    address: read(row, 'address'),
    isSeen: row !== undefined,
  };
}

function readLine(item: SeenRow, films: ReadonlyMap<string, SeenRow>): OrderLineView {
  const movieId = Number(item.values.movie_id);
  const quantity = read<number>(item, 'quantity');
  const shipped = read<number>(item, 'shipped_quantity');
  const cancelled = read<number>(item, 'cancelled_quantity');
  const isOpenKnown = quantity !== undefined && shipped !== undefined && cancelled !== undefined;
  return {
    ...describeFilm(movieId, films),
    quantity,
    unitPrice: read(item, 'unit_price'),
    priceNow: read(films.get(String(movieId)), 'price'),
    shipped,
    cancelled,
    returned: read(item, 'returned_quantity'),
    open: isOpenKnown ? quantity - shipped - cancelled : undefined,
    lineTotal: read(item, 'line_total'),
    available: read(films.get(String(movieId)), 'available'),
  };
}
