import type { Queryable, RowDataPacket } from '../database/pool.ts';
import { toIso } from './find-first-rows.ts';

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

/** How far back activities are looked through for those with orders. */
const ACTIVITIES_SEEN = 500;

/** The words for what is told otherwise than by its action's own participle. */
const DEEDS: Readonly<Record<string, string>> = {
  order_lines_changed: 'lines changed',
  order_claimed: 'assigned',
  order_held: 'put on hold',
  order_lines_returned: 'taken back',
};

/**
 * What was done with orders last, newest first: what the panel recorded, and orders that were placed outside it. Notes
 * are left out: nothing of an order changes with them.
 */
export async function findNewestOrderEvents(db: Queryable, limit: number): Promise<RecordedOrderEvent[]> {
  const events = [...(await findRecorded(db, limit)), ...(await findPlacedOutside(db, limit))];
  return events.sort((left, right) => (left.at < right.at ? 1 : -1)).slice(0, limit);
}

async function findRecorded(db: Queryable, limit: number): Promise<RecordedOrderEvent[]> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT id, at, actor_name, action, record_id, details
     FROM (SELECT * FROM panel_activity ORDER BY id DESC LIMIT ?) newest
     WHERE table_name = 'orders' AND action <> 'order_noted' ORDER BY id DESC LIMIT ?`,
    [ACTIVITIES_SEEN, limit],
  );
  return rows.map((row) => ({
    key: `activity ${row.id}`,
    at: toIso(row.at),
    actorName: row.actor_name,
    orderId: Number(row.record_id),
    orderCount: 1,
    deed: DEEDS[row.action] ?? String(row.action).replace('order_', '').replaceAll('_', ' '),
    employeeName: JSON.parse(row.details ?? '{}').employeeName ?? null,
  }));
}

async function findPlacedOutside(db: Queryable, limit: number): Promise<RecordedOrderEvent[]> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT o.id, o.placed_at FROM (SELECT id, placed_at FROM orders ORDER BY id DESC LIMIT ?) o
     WHERE NOT EXISTS (SELECT 1 FROM panel_activity a WHERE a.table_name = 'orders'
       AND a.record_id = CAST(o.id AS CHAR) AND a.action = 'order_placed')`,
    [limit],
  );
  return rows.map(({ id, placed_at }) => ({
    key: `placed ${id}`,
    at: toIso(placed_at),
    actorName: null,
    orderId: id,
    orderCount: 1,
    deed: 'placed',
    employeeName: null,
  }));
}
