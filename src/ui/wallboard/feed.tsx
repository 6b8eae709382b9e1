import React from 'react';
import { formatInteger } from '../format.ts';
import { useFreshKeys } from '../supervisor/fresh.tsx';
import type { OrderEvent } from '../supervisor/state.ts';

const SHOWN = 14;

/** What was done with orders, newest first, and by whom; as many lines as there is room for. */
export function Feed({ events }: { events: readonly OrderEvent[] }) {
  const shown = events.slice(0, SHOWN);
  const isFresh = useFreshKeys(shown.map(({ key }) => key));
  return (
    <section className="panel feed" aria-label="Happening now">
      <h2>Happening now</h2>
      {shown.length === 0 ? <p className="nothing">Nothing has been done yet.</p> : null}
      <ol className="lines">
        {shown.map((event) => (
          <li key={event.key} className={isFresh(event.key) ? 'fresh' : undefined}>
            <span>
              <b>{nameOrders(event)}</b> {event.deed}
            </span>
            <small className={event.actorName === null ? 'outside' : undefined}>
              {event.employeeName ? `to ${event.employeeName}, ` : null}
              {event.actorName === null ? 'outside the panel' : `by ${event.actorName}`}
            </small>
            <time dateTime={event.at}>{event.at.slice(11, 16)}</time>
          </li>
        ))}
      </ol>
    </section>
  );
}

function nameOrders({ orderId, orderCount }: OrderEvent): string {
  return orderCount === 1 ? `Order ${orderId}` : `${formatInteger(orderCount)} orders`;
}
