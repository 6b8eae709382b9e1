import type { Actor } from '../../src/database/activity.ts';
import { claimOrder } from '../../src/orders/assign-order.ts';
import { deliverOrder } from '../../src/orders/deliver-order.ts';
import { holdOrder } from '../../src/orders/hold-order.ts';
import { packOrder } from '../../src/orders/pack-order.ts';
import { returnLines } from '../../src/orders/return-lines.ts';
import { shipOrder } from '../../src/orders/ship-order.ts';
import type { TestDatabase } from './database.ts';
import { StoreRows } from './store-rows.ts';

/** Values that occur nowhere but in their column, and in what is written down of them. */
export const MARKERS = {
  'customers.name': ['Mrkcustomer'],
  'customers.email': ['mrk-customer-mail'],
  'customers.address': ['Mrk Address 7'],
  'employees.name': ['Mrkemployee'],
  'movies.title': ['Mrkfilm'],
  'movies.price': ['7171.71'],
  'orders.hold_reason': ['mrk-held'],
  // In hundredths, too, as figures add it up.
  'orders.total': ['4242.42', '424242'],
  'order_items.unit_price': ['1234.56'],
  'shipments.carrier': ['Mrkcarrier'],
  'shipments.tracking_number': ['MRK-TRACKING'],
  'stock_movements.note': ['mrk-note'],
} as const;

export type MarkedColumn = keyof typeof MARKERS;

export interface MarkedStore {
  /** Partly shipped, of a marked employee. */
  readonly shippedId: number;
  /** Marked and on hold. */
  readonly heldId: number;
  /** Delivered, and taken back in part. */
  readonly returnedId: number;
  readonly customerId: number;
  readonly employeeId: number;
  readonly movieId: number;
  /** Of which nothing is left. */
  readonly soldOutId: number;
  readonly shipmentIds: readonly number[];
}

/** The account whose employee is marked; it does everything. */
const MARK: Actor = { id: 7, name: 'Somebody', role: 'employee' };

/** Fills a store whose every marked column holds its marker, in all that the order book writes down as well. */
export async function fillMarkedStore({ pool }: TestDatabase): Promise<MarkedStore> {
  const rows = new StoreRows(pool);
  const customerId = await rows.addCustomer('Mrkcustomer');
  await pool.query('UPDATE customers SET email = ?, address = ? WHERE id = ?', [
    'mrk-customer-mail@ork.example',
    'Mrk Address 7',
    customerId,
  ]);
  const employeeId = await rows.addEmployee('Mrkemployee');
  const movieId = await rows.addFilm({ stock: 9, price: '1234.56', title: 'Mrkfilm' });
  const otherId = await rows.addFilm({ stock: 9, price: '1773.30', title: 'Mrkfilm other' });
  const soldOutId = await rows.addFilm({ stock: 0, price: '0.00', title: 'Mrkfilm out' });
  const freeId = await rows.addFilm({ stock: 9, price: '0.00', title: 'Mrkfilm free' });
  const place = async (...lines: Parameters<StoreRows['place']>[1]) => {
    const orderId = await rows.place(customerId, lines);
    await claimOrder(pool, MARK, { orderId, employeeId });
    return orderId;
  };
  const shippedId = await place({ movieId, quantity: 2 }, { movieId: otherId, quantity: 1 });
  await pool.query('UPDATE movies SET price = 7171.71');
  const heldId = await place({ movieId: freeId, quantity: 1 });
  const returnedId = await place({ movieId: freeId, quantity: 2 });
  await pool.query('UPDATE order_items SET unit_price = 0 WHERE order_id IN (?)', [[heldId, returnedId]]);
  const shipping = { carrier: 'Mrkcarrier', trackingNumber: 'MRK-TRACKING' };
  const shipments = [
    await packOrder(pool, MARK, { orderId: shippedId }),
    await shipOrder(pool, MARK, {
      orderId: shippedId,
      ...shipping,
      lines: [{ movieId, quantity: 1 }],
    }),
    await packOrder(pool, MARK, { orderId: returnedId }),
    await shipOrder(pool, MARK, { orderId: returnedId, ...shipping }),
    await deliverOrder(pool, MARK, { orderId: returnedId }),
    await returnLines(pool, MARK, {
      orderId: returnedId,
      reason: 'mrk-note',
      lines: [{ movieId: freeId, quantity: 1, disposition: 'restock' }],
    }),
    await holdOrder(pool, MARK, { orderId: heldId, reason: 'mrk-held' }),
  ];
  for (const answer of shipments) if (!answer.ok) throw new Error(answer.message);
  const shipmentIds = shipments.flatMap((answer) =>
    'shipmentId' in answer ? [Number(answer.shipmentId)] : [],
  );
  return { shippedId, heldId, returnedId, customerId, employeeId, movieId, soldOutId, shipmentIds };
}
