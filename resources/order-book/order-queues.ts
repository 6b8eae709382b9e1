import { findOwnEmployee } from '../../src/orders/employees.ts';
import { orderQueues as bookQueues, type OrderQueueFilter } from '../../src/orders/order-queues.ts';
import type { Queue } from '../../src/resources/define-action.ts';
import type { PanelContext } from '../../src/resources/panel-context.ts';

/** Hours within which an order is promised to leave the store; older open orders are late. */
export const LATE_AFTER_HOURS = 48;

/** The work queues as ready-made filters of the order list. */
export const orderQueues: readonly Queue[] = bookQueues.map(({ id, label, filter }) => ({
  name: id.replaceAll('-', '_'),
  label,
  tone: id === 'late' ? 'danger' : id === 'on-hold' ? 'warning' : 'info',
  filters: (context) => toListFilters(context, filter),
}));

/** Which employee the person is; null for none. */
export async function findOwnEmployeeId(context: PanelContext): Promise<number | null> {
  const found = await context.run(findOwnEmployee, undefined);
  return found.ok ? found.employeeId : null;
}

async function toListFilters(
  context: PanelContext,
  filter: OrderQueueFilter,
): Promise<Record<string, string | string[]>> {
  const employeeId = filter.employee === 'me' ? await findOwnEmployeeId(context) : null;
  const lateBefore = new Date(Date.now() - LATE_AFTER_HOURS * 60 * 60 * 1000).toISOString();
  return {
    status: [...filter.statuses],
    ...(filter.onHold === undefined ? {} : { on_hold: String(filter.onHold) }),
    // No order belongs to employee 0: an account that is no employee has no orders of its own.
    ...(filter.employee === 'me' ? { employee_id: String(employeeId ?? 0) } : {}),
    ...(filter.employee === 'none' ? { employee_id: '~empty' } : {}),
    ...(filter.late ? { 'placed_at.to': lateBefore } : {}),
  };
}
