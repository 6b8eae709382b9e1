import type { JsonValue } from '../database/column-value.ts';
import type { ReadContext, SeenRow } from '../resources/panel-context.ts';
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

/** A shipment with its films as they left; what may not be read is absent. Times are ISO 8601 UTC. */
export interface ShipmentView {
  readonly id: number;
  readonly orderId?: number;
  readonly carrier?: string;
  readonly trackingNumber?: string;
  readonly shippedAt?: string;
  readonly deliveredAt?: string | null;
  /** Who had the order when it left; null: nobody. */
  readonly employee?: EmployeeView | null;
  readonly items: readonly ShippedFilm[];
}

export interface ShippedFilm extends FilmView {
  readonly quantity?: number;
}

/** Reads shipments as somebody sees them, by four statements in all; oldest first. */
export async function findShipments(
  context: ReadContext,
  where: Readonly<Record<string, JsonValue | readonly JsonValue[]>>,
): Promise<ShipmentView[]> {
  const shipments = await context.rows('shipments').find({ where });
  if (shipments.length === 0) return [];
  const ids = shipments.map(({ id }) => id);
  const [items, employees] = await Promise.all([
    context.rows('shipment_items').find({ where: { shipment_id: ids } }),
    context.rows('employees').byIds(distinct(shipments, 'employee_id')),
  ]);
  const films = await findFilmRows(context, items);
  const contents = groupBy(items, 'shipment_id');
  const employeesById = byId(employees);
  return shipments.map((shipment) => ({
    ...readShipment(shipment, contents.get(shipment.id) ?? [], films),
    employee: readEmployee(shipment, employeesById),
  }));
}

function readShipment(
  shipment: SeenRow,
  items: readonly SeenRow[],
  films: ReadonlyMap<string, SeenRow>,
): Omit<ShipmentView, 'employee'> {
  return {
    id: Number(shipment.id),
    orderId: read(shipment, 'order_id'),
    carrier: read(shipment, 'carrier'),
    trackingNumber: read(shipment, 'tracking_number'),
    shippedAt: read(shipment, 'shipped_at'),
    deliveredAt: read(shipment, 'delivered_at'),
    items: items
      .map((item) => ({
        ...describeFilm(Number(item.values.movie_id), films),
        quantity: read<number>(item, 'quantity'),
      }))
      .sort(compareFilms),
  };
}
