import { findEmployeeOfAccount } from '../../src/orders/employees.ts';
import { orderQueues as bookQueues, type OrderQueueFilter } from '../../src/orders/order-queues.ts';
import type { Caller, Queue } from '../../src/resources/define-action.ts';

/** Hours within which an order is promised to leave the store; older open orders are late. */
export const LATE_AFTER_HOURS = 48;

/** The work queues as ready-made filters of the order list. */
export const orderQueues: readonly Queue[] = bookQueues.map(({ id, label, filter }) => ({
  name: id.replaceAll('-', '_'),
  label,
  tone: id === 'late' ? 'danger' : id === 'on-hold' ? 'warning' : 'info',
  filters: (caller) => toListFilters(caller, filter),
}));

async function toListFilters(
  { db, actor }: Caller,
  filter: OrderQueueFilter,
): Promise<Record<string, string | string[]>> {
  const employee = filter.employee === 'me' ? await findEmployeeOfAccount(db, actor.id) : null;
  const lateBefore = new Date(Date.now() - LATE_AFTER_HOURS * 60 * 60 * 1000).toISOString();
  return {
    status: [...filter.statuses],
    ...(filter.onHold === undefined ? {} : { on_hold: String(filter.onHold) }),
    // No order belongs to employee 0: an account that is no employee has no orders of its own.
    ...(filter.employee === 'me' ? { employee_id: String(employee?.id ?? 0) } : {}),
    ...(filter.employee === 'none' ? { employee_id: '~empty' } : {}),
    ...(filter.late ? { 'placed_at.to': lateBefore } : {}),
  };
}
