import {
  addUp,
  collect,
  isSame,
  openQuantity,
  type Quantities,
  returnableQuantity,
  toLines,
} from '../orders/line-arithmetic.ts';
import { decideStep, type OrderStep } from '../orders/order-status.ts';
import type { OrderStatus } from '../orders/order-statuses.ts';
import { type Movement, toMovements } from '../orders/stock-ledger.ts';
import type { Employee, LinePlan, MovementPlan, OrderPlan, ShipmentPlan, StepActor } from './order-plan.ts';

// What the commands of src/orders do to the database, done to a plan: the same figures, movements and timeline.

export const STOREFRONT: StepActor = { name: 'Storefront', role: 'system' };

/** Who does a step, and when. */
export interface Moment {
  readonly at: number;
  readonly actor: StepActor;
}

/** Begins the plan of an order, all of whose films are reserved. */
export function recordPlacing(
  customerId: number,
  basket: readonly { movieId: number; quantity: number; unitPrice: string }[],
  at: number,
): OrderPlan {
  const lines = basket.map(
    (line): LinePlan => ({ ...line, held: line.quantity, shipped: 0, cancelled: 0, returned: 0 }),
  );
  const order: OrderPlan = {
    id: 0,
    customerId,
    employeeId: null,
    status: 'placed',
    onHold: false,
    holdReason: null,
    placedAt: at,
    lines,
    shipments: [],
    movements: [],
    activities: [],
  };
  const demand = collect(lines, (line) => line.quantity);
  const moment = { at, actor: STOREFRONT };
  recordMovements(order, moment, toMovements(demand, 'reserved', { reserved: 1 }));
  recordActivity(order, moment, 'order_placed', { lines: toLines(demand) });
  return order;
}

/** Gives an order to an employee; `claim` where he took it himself. */
export function recordAssignment(
  order: OrderPlan,
  moment: Moment,
  step: 'assign' | 'claim',
  employee: Employee,
): void {
  takeStep(order, step, 'assigned');
  order.employeeId = employee.id;
  const details = { employeeId: employee.id, employeeName: employee.name };
  recordActivity(order, moment, step === 'claim' ? 'order_claimed' : 'order_assigned', details);
}

export function recordHold(order: OrderPlan, moment: Moment, reason: string): void {
  takeStep(order, 'hold', order.status);
  order.onHold = true;
  order.holdReason = reason;
  recordActivity(order, moment, 'order_held', { reason });
}

export function recordRelease(order: OrderPlan, moment: Moment, reason: string): void {
  takeStep(order, 'release', order.status);
  order.onHold = false;
  order.holdReason = null;
  recordActivity(order, moment, 'order_released', { reason });
}

export function recordNote(order: OrderPlan, moment: Moment, note: string): void {
  takeStep(order, 'note', order.status);
  recordActivity(order, moment, 'order_noted', { note });
}

export function recordPacking(order: OrderPlan, moment: Moment): void {
  takeStep(order, 'pack', 'packed');
  recordActivity(order, moment, 'order_packed');
}

/** Ships `wanted`, or all that is left. */
export function recordShipping(
  order: OrderPlan,
  moment: Moment,
  parcel: { readonly carrier: string; readonly trackingNumber: string },
  wanted?: Quantities,
): void {
  const open = collect(order.lines, openQuantity);
  const shipped = wanted ?? open;
  takeStep(order, 'ship', isSame(shipped, open) ? 'shipped' : 'partially_shipped');
  recordMovements(order, moment, toMovements(shipped, 'shipped', { stock: -1, reserved: -1 }));
  for (const line of order.lines) {
    line.shipped += shipped.get(line.movieId) ?? 0;
    line.held -= shipped.get(line.movieId) ?? 0;
  }
  const lines = toLines(shipped);
  const shipment: ShipmentPlan = { id: 0, ...parcel, shippedAt: moment.at, deliveredAt: null, lines };
  order.shipments.push(shipment);
  order.activities.push({ ...moment, action: 'order_shipped', details: { ...parcel, lines }, shipment });
}

export function recordDelivery(order: OrderPlan, moment: Moment): void {
  takeStep(order, 'deliver', 'delivered');
  for (const shipment of order.shipments) shipment.deliveredAt = moment.at;
  recordActivity(order, moment, 'order_delivered');
}

/** Cancels what has not been shipped. */
export function recordCancelling(order: OrderPlan, moment: Moment, reason: string): void {
  takeStep(order, 'cancel', order.status === 'partially_shipped' ? 'shipped' : 'cancelled');
  const held = collect(order.lines, (line) => line.held);
  recordMovements(order, moment, toMovements(held, 'released', { reserved: -1 }), reason);
  for (const line of order.lines) {
    line.cancelled += line.held;
    line.held = 0;
  }
  order.onHold = false;
  order.holdReason = null;
  recordActivity(order, moment, 'order_cancelled', { reason, lines: toLines(held) });
}

/** Takes `quantities` of what was shipped back, to the shelf or written off. */
export function recordReturn(
  order: OrderPlan,
  moment: Moment,
  quantities: Quantities,
  { reason, disposition }: { reason: string; disposition: 'restock' | 'write_off' },
): void {
  const isWhole = isSame(quantities, collect(order.lines, returnableQuantity));
  takeStep(order, 'return', isWhole ? 'returned' : order.status);
  const returned = addUp(toLines(quantities));
  recordMovements(order, moment, toMovements(returned, 'returned', { stock: 1 }), reason);
  if (disposition === 'write_off')
    recordMovements(order, moment, toMovements(returned, 'written_off', { stock: -1 }), reason);
  for (const line of order.lines) line.returned += returned.get(line.movieId) ?? 0;
  const lines = toLines(returned).map((line) => ({ ...line, disposition }));
  recordActivity(order, moment, 'order_lines_returned', { reason, lines });
}

// The rules of the order book hold here too: a story that breaks them is a mistake in the seed.
function takeStep(order: OrderPlan, step: OrderStep, status: OrderStatus): void {
  const refusal = decideStep(order, step);
  if (refusal) throw new Error(refusal.message);
  order.status = status;
}

function recordMovements(
  order: OrderPlan,
  { at, actor }: Moment,
  movements: readonly Movement[],
  note: string | null = null,
): void {
  order.movements.push(
    ...movements.map((movement): MovementPlan => ({ ...movement, at, note, actorName: actor.name })),
  );
}

function recordActivity(order: OrderPlan, moment: Moment, action: string, details?: object): void {
  order.activities.push({ ...moment, action, details });
}
