import { byId, distinct, readEmployee } from '../../src/orders/seen-rows.ts';
import type { PanelContext } from '../../src/resources/panel-context.ts';
import { findOwnEmployeeId } from './order-queues.ts';

/** The names of those who have these orders, by order; one's own and those that nobody has are not in it. */
export async function findHolders(
  context: PanelContext,
  orderIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const orders = await context.rows('orders').byIds(orderIds);
  const employees = byId(await context.rows('employees').byIds(distinct(orders, 'employee_id')));
  const ownId = await findOwnEmployeeId(context);
  return new Map(
    orders.flatMap((order) => {
      const holder = readEmployee(order, employees);
      return holder && holder.id !== ownId ? [[order.id, holder.name] as const] : [];
    }),
  );
}
