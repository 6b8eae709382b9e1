import { styled } from '@adminjs/design-system/styled-components';
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
    <Feed aria-label="Orders, what was done last">
      {events.map((event) => (
        <li key={event.key} className={isFresh(event.key) ? 'fresh' : undefined}>
          <span>
            <EventOrders event={event} /> {event.deed}
            {event.employeeName && <> to {event.employeeName}</>}
          </span>
          <time dateTime={event.at}>{formatClock(event.at)}</time>
          {event.actorName === null ? (
            <small className="outside">outside the panel</small>
          ) : (
            <small>by {event.actorName}</small>
          )}
        </li>
      ))}
    </Feed>
  );
}

function EventOrders({ event: { orderId, orderCount } }: { event: OrderEvent }) {
  if (orderCount > 1) return <>{formatInteger(orderCount)} orders</>;
  return <FigureLink href={orderUrl(orderId)}>Order {orderId}</FigureLink>;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** The time of day in the reader's zone: '18:43:29'. */
export function formatClock(iso: string): string {
  return clock.format(new Date(iso));
}

/** Rows of two lines: what was done and when, and by whom. */
const Feed = styled(Lines)`
  line-height: 1.3;

  && > li {
    flex-wrap: wrap;
    gap: 0 0.6em;
  }

  && > li > small {
    flex: 1 0 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  && > li > :first-child {
    flex-basis: 50%;
  }
`;
