import { reasonSchema } from './command-input.ts';
import { defineOrderCommand } from './define-order-command.ts';
import { collect, openQuantity, toLines } from './line-arithmetic.ts';
import { addToLines } from './order-rows.ts';
import { decideStep } from './order-status.ts';
import { lockFilms, recordMovements, toMovements } from './stock-ledger.ts';

/**
 * Cancels what has not been shipped and gives it back to the shelf. An order of which nothing was shipped is cancelled
 * then; of one that was partly shipped, the rest is, and it counts as shipped. A hold ends with it.
 */
export const cancelOrder = defineOrderCommand(
  { name: 'cancel_order', action: 'order_cancelled', shape: { reason: reasonSchema.optional() } },
  async ({ connection, actor, order, input: { reason } }) => {
    const refusal = decideStep(order, 'cancel');
    if (refusal) return refusal;
    const held = collect(order.lines, (line) => line.held);
    await lockFilms(connection, held.keys());
    const movements = toMovements(held, 'released', { reserved: -1 });
    await recordMovements(connection, actor, movements, { orderId: order.id, note: reason });
    const open = collect(order.lines, openQuantity);
    await addToLines(connection, order.id, 'cancelled_quantity', open);
    const status = order.status === 'partially_shipped' ? 'shipped' : 'cancelled';
    await connection.query('UPDATE orders SET status = ?, on_hold = FALSE, hold_reason = NULL WHERE id = ?', [
      status,
      order.id,
    ]);
    return { ok: true, status, details: { reason, lines: toLines(open) } };
  },
);
