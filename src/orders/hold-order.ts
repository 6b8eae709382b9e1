import { reasonSchema } from './command-input.ts';
import { defineOrderCommand } from './define-order-command.ts';
import { decideStep } from './order-status.ts';

/** Stops work on an order, with a reason. */
export const holdOrder = defineOrderCommand(
  { name: 'hold_order', action: 'order_held', shape: { reason: reasonSchema } },
  async ({ connection, order, input: { reason } }) => {
    const refusal = decideStep(order, 'hold');
    if (refusal) return refusal;
    await connection.query('UPDATE orders SET on_hold = TRUE, hold_reason = ? WHERE id = ?', [
      reason,
      order.id,
    ]);
    return { ok: true, status: order.status, details: { reason } };
  },
);

/** Lets work on an order go on, with a reason. */
export const releaseOrder = defineOrderCommand(
  { name: 'release_order', action: 'order_released', shape: { reason: reasonSchema } },
  async ({ connection, order, input: { reason } }) => {
    const refusal = decideStep(order, 'release');
    if (refusal) return refusal;
    await connection.query('UPDATE orders SET on_hold = FALSE, hold_reason = NULL WHERE id = ?', [order.id]);
    return { ok: true, status: order.status, details: { reason } };
  },
);
