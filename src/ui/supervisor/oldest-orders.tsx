import React from 'react';
import { humanizeValue } from '../format.ts';
import { formatAge } from './age.ts';
import { FigureLink } from './figure-link.tsx';
import { orderUrl } from './links.ts';
import { Lines, Nothing } from './list-styles.ts';
import type { OldestOrder, SupervisorState } from './state.ts';

const HOUR_MS = 60 * 60 * 1000;

export interface OldestOrdersProps {
  readonly orders: readonly OldestOrder[];
  readonly employees: SupervisorState['employees'];
  readonly lateAfterHours: number;
  readonly nowMs: number;
}

/** The open orders that have waited longest, and for whom they wait. */
export function OldestOrders({ orders, employees, lateAfterHours, nowMs }: OldestOrdersProps) {
  if (orders.length === 0) return <Nothing>No order waits. Well done.</Nothing>;
  return (
    <Lines aria-label="Open orders, oldest first">
      {orders.map(({ id, status, onHold, employeeId, placedAt }) => {
        const ageMs = nowMs - Date.parse(placedAt);
        const isLate = ageMs > lateAfterHours * HOUR_MS;
        return (
          <li key={id}>
            <span>
              <FigureLink href={orderUrl(id)}>Order {id}</FigureLink>{' '}
              <small>
                {humanizeValue(status).toLowerCase()}
                {onHold && ', on hold'} · {employees[String(employeeId)]?.name ?? 'nobody'}
              </small>
            </span>
            <time dateTime={placedAt} className={isLate ? 'late' : undefined}>
              {formatAge(ageMs)}
              {isLate && ' late'}
            </time>
          </li>
        );
      })}
    </Lines>
  );
}
