import { findOrderView } from '../../src/orders/order-view.ts';
import { placeOrder } from '../../src/orders/place-order.ts';
import type { RecordPage, TablePage } from '../../src/resources/define-action.ts';

/** An order's page: lines, shipments, money, and a timeline of everything that happened. */
export const orderPage: RecordPage = {
  component: 'OrderPage',
  load: findOrderView,
};

/** The page on which an order is placed for a customer. */
export const placeOrderPage: TablePage = {
  name: 'place',
  label: 'Place an order',
  icon: 'ShoppingCart',
  tone: 'primary',
  can: true,
  component: 'PlaceOrder',
  run: async (context, input) => {
    const answer = await context.run(placeOrder, input as never);
    if (!answer.ok) return answer;
    const href = `/admin/resources/orders/records/${answer.orderId}/show`;
    return { ok: true, message: `Order ${answer.orderId} placed.`, href };
  },
};
