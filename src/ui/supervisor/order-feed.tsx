import React from 'react';
import { formatInteger } from '../format.ts';
import { FigureLink } from './figure-link.tsx';
import { useFreshKeys } from './fresh.tsx';
import { orderUrl } from './links.ts';
import { Lines, Nothing } from './list-styles.ts';
import type { OrderEvent } from './state.ts';

/** What was done with orders, newest first, and by whom. */
export function OrderFeed({ events }: { events: readonly OrderEvent[] }) {
  const isFresh = useFreshKeys(events.map(({ key }) => key));
  if (events.length === 0) return <Nothing>Nothing has been done yet.</Nothing>;
  return (
    <Lines aria-label="Orders, what was done last">
      {events.map((event) => (
        <li key={event.key} className={isFresh(event.key) ? 'fresh' : undefined}>
          <span title={tell(event)}>
            <FigureLink href={orderUrl(event.orderId)}>{nameOrders(event)}</FigureLink> {event.deed}
            {event.employeeName && <> to {event.employeeName}</>}{' '}
            {event.actorName === null ? (
              <span className="outside">outside the panel</span>
            ) : (
              <small>by {event.actorName}</small>
            )}
          </span>
          <time dateTime={event.at}>{formatClock(event.at)}</time>
        </li>
      ))}
    </Lines>
  );
}

function tell(event: OrderEvent): string {
  const { deed, employeeName, actorName } = event;
  const to = employeeName ? ` to ${employeeName}` : '';
  return `${nameOrders(event)} ${deed}${to} ${actorName === null ? 'outside the panel' : `by ${actorName}`}`;
}

function nameOrders({ orderId, orderCount }: OrderEvent): string {
  return orderCount === 1 ? `Order ${orderId}` : `${formatInteger(orderCount)} orders`;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** The time of day in the reader's zone: '18:43:29'. */
export function formatClock(iso: string): string {
  return clock.format(new Date(iso));
}
