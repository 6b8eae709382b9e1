import { type Refusal, refuse } from '../errors.ts';
import { defineOrderCommand } from './define-order-command.ts';
import { collect, openQuantity, unheldQuantity } from './line-arithmetic.ts';
import { decideAdoption, type Order, updateStatus } from './order-rows.ts';
import { decideStep } from './order-status.ts';
import { lockFilms, recordMovements } from './stock-ledger.ts';

/** Says that an order lies packed. Takes the order in: see {@link decideAdoption}. */
export const packOrder = defineOrderCommand(
  { name: 'pack_order', action: 'order_packed', shape: {} },
  async ({ connection, actor, order }) => {
    const refusal = decidePacking(order);
    if (refusal) return refusal;
    const films = await lockFilms(connection, collect(order.lines, unheldQuantity).keys());
    const adoption = decideAdoption(order, films);
    if (!adoption.ok) return adoption;
    await recordMovements(connection, actor, adoption.movements, { orderId: order.id });
    await updateStatus(connection, order.id, 'packed');
    return { ok: true, status: 'packed' };
  },
);

/** Whether an order can be packed. */
export function decidePacking(order: Order): Refusal | null {
  return decideStep(order, 'pack') ?? decideNotEmpty(order);
}

/** Refuses an order without anything to ship, as another program may have written it. */
export function decideNotEmpty(order: Order): Refusal | null {
  if (collect(order.lines, openQuantity).size > 0) return null;
  return refuse('no_lines', `Order ${order.id} has nothing to ship. Add a film or cancel it.`);
}
