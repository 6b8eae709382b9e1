import type { OrderStep } from '../../src/orders/order-status.ts';
import type { OrderStatus } from '../../src/orders/order-statuses.ts';
import type { PanelContext } from '../../src/resources/panel-context.ts';

/** What was done with an order, in words that tell a part from the whole: 'Order 12: 3 of 6 movies shipped.' */
export async function tellDone(
  context: PanelContext,
  { orderId, step, done, status }: { orderId: string; step: OrderStep; done: string; status: OrderStatus },
): Promise<string> {
  if (!context.sees('orders', 'status')) return `Order ${orderId} ${done}.`;
  if (step === 'ship' && status === 'partially_shipped') return tellShipped(context, orderId);
  if (step === 'cancel' && status !== 'cancelled') return `The rest of order ${orderId} is cancelled.`;
  if (step === 'return' && status !== 'returned') return `Part of order ${orderId} is taken back.`;
  return `Order ${orderId} ${done}.`;
}

async function tellShipped(context: PanelContext, orderId: string): Promise<string> {
  if (!context.sees('order_items', 'quantity', 'cancelled_quantity', 'shipped_quantity'))
    return `Part of order ${orderId} is shipped.`;
  const lines = await context.rows('order_items').find({ where: { order_id: orderId } });
  const sum = (column: string) => lines.reduce((total, { values }) => total + Number(values[column]), 0);
  const ordered = sum('quantity') - sum('cancelled_quantity');
  return `Order ${orderId}: ${sum('shipped_quantity')} of ${ordered} movies shipped.`;
}
