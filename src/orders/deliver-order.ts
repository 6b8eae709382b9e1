import { defineOrderCommand } from './define-order-command.ts';
import { updateStatus } from './order-rows.ts';
import { decideStep } from './order-status.ts';

/** Says that every shipment of an order has arrived. */
export const deliverOrder = defineOrderCommand(
  { name: 'deliver_order', action: 'order_delivered', shape: {} },
  async ({ connection, order }) => {
    const refusal = decideStep(order, 'deliver');
    if (refusal) return refusal;
    await connection.query(
      'UPDATE shipments SET delivered_at = UTC_TIMESTAMP(3) WHERE order_id = ? AND delivered_at IS NULL',
      [order.id],
    );
    await updateStatus(connection, order.id, 'delivered');
    return { ok: true, status: 'delivered' };
  },
);
