import React from 'react';
import { ORDER_STATUSES, type OrderStatus } from '../../orders/order-statuses.ts';
import { formatInteger, humanizeValue } from '../format.ts';
import { Changing } from './changing.tsx';

const TONES: Readonly<Record<OrderStatus, string>> = {
  placed: 'info',
  assigned: 'info',
  packed: 'warning',
  partially_shipped: 'warning',
  shipped: 'success',
  delivered: 'success',
  cancelled: 'danger',
  returned: 'neutral',
};

/** Today's orders by where they stand. */
export function StatusStrip({ byStatus }: { byStatus: Readonly<Record<OrderStatus, number>> }) {
  return (
    <section className="panel statuses" aria-label="Orders of today by status">
      <h2>Today's orders</h2>
      <ol>
        {ORDER_STATUSES.map((status) => (
          <li key={status} className={byStatus[status] === 0 ? `${TONES[status]} none` : TONES[status]}>
            <Changing text={formatInteger(byStatus[status])} />
            <span>{status === 'partially_shipped' ? 'Part shipped' : humanizeValue(status)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
