import type { Queryable, RowDataPacket } from '../database/pool.ts';
import { OPEN_STATUSES, type OrderStatus } from './order-statuses.ts';

export type OrderQueueId = 'my-orders' | 'unassigned' | 'to-pack' | 'to-ship' | 'on-hold' | 'late';

/** Which orders a queue holds: every condition that is given must be met. */
export interface OrderQueueFilter {
  readonly statuses: readonly OrderStatus[];
  readonly onHold?: boolean;
  /** 'me': the signed-in employee's; 'none': nobody's. */
  readonly employee?: 'me' | 'none';
  /** Placed longer ago than the promised number of hours. */
  readonly late?: true;
}

export interface OrderQueue {
  readonly id: OrderQueueId;
  readonly label: string;
  readonly filter: OrderQueueFilter;
}

/** The work queues, in the order of the navigation. */
export const orderQueues: readonly OrderQueue[] = [
  {
    id: 'my-orders',
    label: 'My orders',
    filter: { statuses: ['assigned', 'packed', 'partially_shipped'], employee: 'me' },
  },
  { id: 'unassigned', label: 'Unassigned', filter: { statuses: ['placed'], employee: 'none' } },
  { id: 'to-pack', label: 'To pack', filter: { statuses: ['assigned'], onHold: false } },
  { id: 'to-ship', label: 'To ship', filter: { statuses: ['packed', 'partially_shipped'], onHold: false } },
  { id: 'on-hold', label: 'On hold', filter: { statuses: OPEN_STATUSES, onHold: true } },
  { id: 'late', label: 'Late', filter: { statuses: OPEN_STATUSES, late: true } },
];

/** Who looks at the queues, and what counts as late. */
export interface QueueViewer {
  /** The employee of the signed-in account; null where the account is none. */
  readonly employeeId: number | null;
  readonly lateAfterHours: number;
}

/** How many orders each queue holds, from one pass over the open orders in the index orders_work. */
export async function findQueueCounts(
  db: Queryable,
  viewer: QueueViewer,
): Promise<Record<OrderQueueId, number>> {
  const conditions = orderQueues.map(({ filter }) => toCondition(filter, viewer));
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT ${conditions.map(({ sql }, index) => `COUNT(IF(${sql}, 1, NULL)) AS q${index}`).join(', ')}
     FROM orders FORCE INDEX (orders_work) WHERE status IN (?)`,
    [...conditions.flatMap(({ values }) => values), OPEN_STATUSES],
  );
  const counts = orderQueues.map(({ id }, index) => [id, Number(rows[0]?.[`q${index}`] ?? 0)]);
  return Object.fromEntries(counts) as Record<OrderQueueId, number>;
}

function toCondition(filter: OrderQueueFilter, viewer: QueueViewer): { sql: string; values: unknown[] } {
  const parts: [string, ...unknown[]][] = [['status IN (?)', filter.statuses]];
  if (filter.onHold !== undefined) parts.push(['on_hold = ?', filter.onHold]);
  if (filter.employee === 'me') parts.push(['employee_id = ?', viewer.employeeId]);
  if (filter.employee === 'none') parts.push(['employee_id IS NULL']);
  if (filter.late) parts.push(['placed_at < UTC_TIMESTAMP(3) - INTERVAL ? HOUR', viewer.lateAfterHours]);
  return { sql: parts.map(([sql]) => sql).join(' AND '), values: parts.flatMap(([, ...values]) => values) };
}
