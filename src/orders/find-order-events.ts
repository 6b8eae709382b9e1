import type { ReadContext } from '../resources/panel-context.ts';

/** Something that was done with an order. */
export interface RecordedOrderEvent {
  readonly key: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Null: outside the panel. */
  readonly actorName: string | null;
  readonly orderId: number;
  readonly orderCount: 1;
  /** `placed`, `packed`, …: what comes after "Order 42". */
  readonly deed: string;
  /** To whom it was assigned. */
  readonly employeeName: string | null;
}

/** The words for what is told otherwise than by its action's own participle. */
const DEEDS: Readonly<Record<string, string>> = {
  order_lines_changed: 'lines changed',
  order_claimed: 'assigned',
  order_held: 'put on hold',
  order_lines_returned: 'taken back',
  order_returned: 'taken back',
  order_part_returned: 'part taken back',
};

/**
 * What was done with orders last, newest first: what the panel recorded, and orders that were placed outside it. Notes
 * are left out: nothing of an order changes with them.
 */
export async function findNewestOrderEvents(
  context: ReadContext,
  limit: number,
): Promise<RecordedOrderEvent[]> {
  const events = [...(await findRecorded(context, limit)), ...(await findPlacedOutside(context, limit))];
  return events.sort((left, right) => (left.at < right.at ? 1 : -1)).slice(0, limit);
}

async function findRecorded(context: ReadContext, limit: number): Promise<RecordedOrderEvent[]> {
  const facts = { employeeName: ['employees.name'] };
  const recorded = await context.activity('orders', { newest: limit, except: 'order_noted', facts });
  return recorded.map(({ id, at, actor, action, recordId, details }) => ({
    key: `activity ${id}`,
    at,
    actorName: actor.name,
    orderId: Number(recordId),
    orderCount: 1,
    deed: DEEDS[action] ?? action.replace('order_', '').replaceAll('_', ' '),
    employeeName: typeof details.employeeName === 'string' ? details.employeeName : null,
  }));
}

async function findPlacedOutside(context: ReadContext, limit: number): Promise<RecordedOrderEvent[]> {
  if (!context.sees('orders', 'placed_at')) return [];
  const sort = { column: 'id', direction: 'desc' } as const;
  const orders = await context.rows('orders').find({ sort, limit });
  const ids = orders.map(({ id }) => id);
  const placed = await context.activity('orders', { ids, action: 'order_placed' });
  const inside = new Set(placed.map(({ recordId }) => recordId));
  return orders
    .filter(({ id }) => !inside.has(id))
    .map(({ id, values }) => ({
      key: `placed ${id}`,
      at: String(values.placed_at),
      actorName: null,
      orderId: Number(id),
      orderCount: 1,
      deed: 'placed',
      employeeName: null,
    }));
}
