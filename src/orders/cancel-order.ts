import type { Refusal } from '../errors.ts';
import { optionalReasonSchema } from './command-input.ts';
import { defineOrderCommand } from './define-order-command.ts';
import { collect, openQuantity, returnableQuantity, toLines } from './line-arithmetic.ts';
import { addToLines, type Order } from './order-rows.ts';
import { decideStep } from './order-status.ts';
import type { OrderStatus } from './order-statuses.ts';
import { lockFilms, type Movement, recordMovements, toMovements } from './stock-ledger.ts';

export const cancelShape = { reason: optionalReasonSchema };

/**
 * Cancels what has not been shipped and gives it back to the shelf. An order of which nothing was shipped is cancelled
 * then; of one that was partly shipped, the rest is, and it counts as shipped, or as returned where all that was shipped
 * has come back. A hold ends with it.
 */
export const cancelOrder = defineOrderCommand(
  { name: 'cancel_order', action: 'order_cancelled', shape: cancelShape },
  async ({ connection, actor, order, input: { reason } }) => {
    const decision = decideCancelling(order);
    if (!decision.ok) return decision;
    const { status, movements } = decision;
    await lockFilms(
      connection,
      movements.map(({ movieId }) => movieId),
    );
    await recordMovements(connection, actor, movements, { orderId: order.id, note: reason });
    const open = collect(order.lines, openQuantity);
    await addToLines(connection, order.id, 'cancelled_quantity', open);
    await connection.query('UPDATE orders SET status = ?, on_hold = FALSE, hold_reason = NULL WHERE id = ?', [
      status,
      order.id,
    ]);
    const action = status === 'cancelled' ? 'order_cancelled' : 'order_rest_cancelled';
    return { ok: true, status, action, details: { reason, lines: toLines(open) } };
  },
);

/** What cancelling an order does, or why it cannot be. */
export function decideCancelling(
  order: Order,
): { readonly ok: true; readonly status: OrderStatus; readonly movements: readonly Movement[] } | Refusal {
  const refusal = decideStep(order, 'cancel');
  if (refusal) return refusal;
  const held = collect(order.lines, (line) => line.held);
  const movements = toMovements(held, 'released', { reserved: -1 });
  const isAllBack = collect(order.lines, returnableQuantity).size === 0;
  const afterPart = isAllBack ? 'returned' : 'shipped';
  return { ok: true, status: order.status === 'partially_shipped' ? afterPart : 'cancelled', movements };
}
