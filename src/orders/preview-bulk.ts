import type { Actor } from '../database/activity.ts';
import type { Pool } from '../database/pool.ts';
import type { Refusal } from '../errors.ts';
import { decideAssignment, type GivingContext } from './assign-order.ts';
import {
  type BulkReport,
  type BulkResult,
  type BulkStep,
  decideOwnInput,
  parseBulk,
  toReport,
} from './bulk.ts';
import { decideCancelling } from './cancel-order.ts';
import { findEmployees } from './employees.ts';
import { findDoer } from './order-holder.ts';
import { findOrders, type Order, refuseUnknownOrder } from './order-rows.ts';
import type { OrderStatus } from './order-statuses.ts';
import { decidePacking } from './pack-order.ts';
import { decideShipping } from './ship-order.ts';
import { applyMovements, findFilms, type Movement } from './stock-ledger.ts';

/**
 * Says what {@link runBulk} would do with each order if this actor ran it now: `ok` with the status it would have, or the refusal.
 * Orders that need stock are served in the order given, as the run would. Changes nothing and locks nothing.
 */
export async function previewBulk(
  pool: Pool,
  actor: Actor,
  step: BulkStep,
  orderIds: readonly (number | string)[],
  input: object,
): Promise<BulkReport | Refusal> {
  const parsed = parseBulk(step, orderIds, input);
  if (!parsed.ok) return parsed;
  const orders = await findOrders(pool, parsed.orderIds);
  const employeeId = Number(parsed.input.employeeId ?? 0);
  const employees = await findEmployees(pool, [employeeId, ...holders(orders.values())]);
  const doer = await findDoer(pool, actor);
  let films = await findFilms(pool, movieIdsOf(orders.values()));
  const results: BulkResult[] = [];
  for (const orderId of parsed.orderIds) {
    const order = orders.get(orderId);
    const own = decideOwnInput(orderId, parsed.input);
    const outcome = !own.ok
      ? own
      : order
        ? decideOutcome(step, order, { films, employees, doer, employeeId })
        : refuseUnknownOrder(orderId);
    if (outcome.ok) {
      films = applyMovements(films, outcome.movements);
      results.push({ orderId, ok: true, status: outcome.status });
    } else {
      const { code, message, quotes } = outcome;
      results.push({ orderId, ok: false, code, message, quotes });
    }
  }
  return toReport(results);
}

interface Surroundings extends GivingContext {
  readonly employeeId: number;
}

interface Outcome {
  readonly ok: true;
  readonly status: OrderStatus;
  readonly movements: readonly Movement[];
}

function decideOutcome(step: BulkStep, order: Order, around: Surroundings): Outcome | Refusal {
  switch (step) {
    case 'assign':
      return decideAssignment(order, step, around.employeeId, around);
    case 'pack':
      return decidePacking(order, around.films);
    case 'ship':
      return decideShipping(order, around.films);
    case 'cancel':
      return decideCancelling(order);
  }
}

function holders(orders: Iterable<Order>): number[] {
  return [...orders].flatMap((order) => order.employeeId ?? []);
}

function movieIdsOf(orders: Iterable<Order>): number[] {
  return [...new Set([...orders].flatMap((order) => order.lines.map((line) => line.movieId)))];
}
