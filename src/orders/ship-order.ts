import type { ResultSetHeader } from '../database/pool.ts';
import type { Refusal } from '../errors.ts';
import { basketSchema, textSchema } from './command-input.ts';
import { defineOrderCommand, type OrderWork } from './define-order-command.ts';
import {
  addUp,
  collect,
  findExcess,
  isSame,
  openQuantity,
  type Quantities,
  toLines,
} from './line-arithmetic.ts';
import { addToLines, decideAdoption, type Order, updateStatus } from './order-rows.ts';
import { decideStep } from './order-status.ts';
import { decideNotEmpty } from './pack-order.ts';
import {
  type FilmStock,
  lockFilms,
  type Movement,
  recordMovements,
  refuseExcess,
  toMovements,
} from './stock-ledger.ts';

const shipShape = {
  carrier: textSchema(60),
  trackingNumber: textSchema(80),
  /** What is shipped; absent: all that is left. */
  lines: basketSchema.optional(),
};

/** Ships all or part of an order: makes one shipment, and takes its films from the shelf and from what is reserved. */
export const shipOrder = defineOrderCommand(
  { name: 'ship_order', action: 'order_shipped', shape: shipShape },
  async ({ connection, actor, order, input }) => {
    const wanted = input.lines && addUp(input.lines);
    const films = await lockFilms(connection, [
      ...order.lines.map((line) => line.movieId),
      ...(wanted ?? new Map<number, number>()).keys(),
    ]);
    const decision = decideShipping(order, films, wanted);
    if (!decision.ok) return decision;
    const { shipped, movements, status } = decision;
    // The ledger first, then the parcel, then the lines: each is held to the one before (the triggers of migrations/store/).
    await recordMovements(connection, actor, movements, { orderId: order.id });
    const shipmentId = await insertShipment({ connection, actor, order, input }, shipped);
    await addToLines(connection, order.id, 'shipped_quantity', shipped);
    await updateStatus(connection, order.id, status);
    const { carrier, trackingNumber } = input;
    const details = {
      shipmentId,
      carrier,
      trackingNumber,
      lines: toLines(shipped),
      left: countLeft(order, shipped),
    };
    const action = status === 'shipped' ? 'order_shipped' : 'order_part_shipped';
    return { ok: true, status, action, details, answer: { shipmentId } };
  },
);

/** Pieces that are still to be shipped after these. */
function countLeft(order: Order, shipped: Quantities): number {
  const count = (quantities: Quantities) => [...quantities.values()].reduce((sum, pieces) => sum + pieces, 0);
  return count(collect(order.lines, openQuantity)) - count(shipped);
}

/** What a shipment takes, with all that it moves. */
export interface Shipping {
  readonly ok: true;
  readonly shipped: Quantities;
  readonly movements: readonly Movement[];
  /** The order's status after it. */
  readonly status: 'partially_shipped' | 'shipped';
}

/** Decides a shipment of `wanted`, or of all that is left; `films` holds the films of both. */
export function decideShipping(
  order: Order,
  films: ReadonlyMap<number, FilmStock>,
  wanted?: Quantities,
): Shipping | Refusal {
  const refusal = decideStep(order, 'ship') ?? decideNotEmpty(order);
  if (refusal) return refusal;
  const open = collect(order.lines, openQuantity);
  const shipped = wanted ?? open;
  const excess = findExcess(shipped, open);
  if (excess.length > 0) return refuseExcess('more_than_open', excess, 'still be shipped', films);
  const adoption = decideAdoption(order, films);
  if (!adoption.ok) return adoption;
  const movements = [...adoption.movements, ...toMovements(shipped, 'shipped', { stock: -1, reserved: -1 })];
  return { ok: true, shipped, movements, status: isSame(shipped, open) ? 'shipped' : 'partially_shipped' };
}

async function insertShipment(
  { connection, order, input }: OrderWork<{ carrier: string; trackingNumber: string }>,
  shipped: Quantities,
): Promise<number> {
  const [{ insertId }] = await connection.query<ResultSetHeader>(
    'INSERT INTO shipments (order_id, carrier, tracking_number) VALUES (?, ?, ?)',
    [order.id, input.carrier, input.trackingNumber],
  );
  await connection.query('INSERT INTO shipment_items (shipment_id, movie_id, quantity) VALUES ?', [
    [...shipped].map(([movieId, quantity]) => [insertId, movieId, quantity]),
  ]);
  return insertId;
}
