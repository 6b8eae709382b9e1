import { type Refusal, refuse } from '../errors.ts';
import { defineOrderCommand } from './define-order-command.ts';
import { collect, openQuantity, unheldQuantity } from './line-arithmetic.ts';
import { decideAdoption, type Order, updateStatus } from './order-rows.ts';
import { decideStep } from './order-status.ts';
import { type FilmStock, lockFilms, type Movement, recordMovements } from './stock-ledger.ts';

/** Says that an order lies packed. Takes the order in: see {@link decideAdoption}. */
export const packOrder = defineOrderCommand(
  { name: 'pack_order', action: 'order_packed', shape: {} },
  async ({ connection, actor, order }) => {
    const films = await lockFilms(connection, collect(order.lines, unheldQuantity).keys());
    const decision = decidePacking(order, films);
    if (!decision.ok) return decision;
    await updateStatus(connection, order.id, decision.status);
    await recordMovements(connection, actor, decision.movements, { orderId: order.id });
    return { ok: true, status: decision.status };
  },
);

/** What packing an order does, or why it cannot be. */
export function decidePacking(
  order: Order,
  films: ReadonlyMap<number, FilmStock>,
): { readonly ok: true; readonly status: 'packed'; readonly movements: readonly Movement[] } | Refusal {
  const refusal = decideStep(order, 'pack') ?? decideNotEmpty(order);
  if (refusal) return refusal;
  const adoption = decideAdoption(order, films);
  return adoption.ok ? { ...adoption, status: 'packed' } : adoption;
}

/** Refuses an order without anything to ship, as another program may have written it. */
export function decideNotEmpty(order: Order): Refusal | null {
  if (collect(order.lines, openQuantity).size > 0) return null;
  return refuse('no_lines', `Order ${order.id} has nothing to ship. Add a film or cancel it.`);
}
