import { z } from 'zod';
import type { Queryable, RowDataPacket } from '../database/pool.ts';

/** One thing that happened to an order. */
export interface TimelineEntry {
  /** 'YYYY-MM-DD HH:MM:SS.mmm', UTC. */
  readonly at: string;
  /** Null where another program did it. */
  readonly actor: { readonly name: string; readonly role: string } | null;
  /** As recorded: `order_shipped`. */
  readonly action: string;
  /** What happened, without who: "Shipped 2 × Alien with GalEx, tracking number GX-1." */
  readonly sentence: string;
}

const lineSchema = z.object({
  movieId: z.number(),
  quantity: z.number().optional(),
  from: z.number().optional(),
  to: z.number().optional(),
  disposition: z.string().optional(),
});

/** What the commands write into panel_activity.details; anything else is left unsaid. */
const detailsSchema = z
  .object({
    lines: z.array(lineSchema).catch([]).default([]),
    reason: z.string().optional().catch(undefined),
    note: z.string().optional().catch(undefined),
    carrier: z.string().optional().catch(undefined),
    trackingNumber: z.string().optional().catch(undefined),
    employeeName: z.string().optional().catch(undefined),
  })
  .catch({ lines: [] });

type Details = z.output<typeof detailsSchema>;

/** A row of an order's activity before its films have titles. */
export interface RecordedActivity {
  readonly at: string;
  readonly actor: { readonly name: string; readonly role: string };
  readonly action: string;
  readonly details: Details;
}

/** Reads what was done with an order, oldest first. */
export async function findActivity(db: Queryable, orderId: number): Promise<RecordedActivity[]> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT at, actor_name, actor_role, action, details FROM panel_activity
     WHERE table_name = 'orders' AND record_id = ? ORDER BY id`,
    [String(orderId)],
  );
  return rows.map((row) => ({
    at: row.at,
    actor: { name: row.actor_name, role: row.actor_role },
    action: row.action,
    details: detailsSchema.parse(JSON.parse(row.details ?? '{}')),
  }));
}

/** Tells the activity in words. An order that another program wrote begins with the moment it was placed. */
export function decideTimeline(
  placedAt: string,
  activity: readonly RecordedActivity[],
  titles: ReadonlyMap<number, string>,
): TimelineEntry[] {
  const entries = activity.map(({ at, actor, action, details }) => ({
    at,
    actor,
    action,
    sentence: describeActivity(action, details, titles),
  }));
  if (activity.some(({ action }) => action === 'order_placed')) return entries;
  const sentence = 'Placed outside the panel.';
  return [{ at: placedAt, actor: null, action: 'order_placed', sentence }, ...entries];
}

/** One activity in words; an action that is not the order book's is told by its name. */
export function describeActivity(
  action: string,
  { lines, reason, note, carrier, trackingNumber, employeeName }: Details,
  titles: ReadonlyMap<number, string>,
): string {
  const films = lines.map((line) => describeLine(line, titles)).join(', ');
  const because = reason ? `: ${reason}` : '.';
  switch (action) {
    case 'order_placed':
      return `Placed with ${films}.`;
    case 'order_lines_changed':
      return `Changed the lines: ${films}.`;
    case 'order_claimed':
      return 'Claimed.';
    case 'order_assigned':
      return `Assigned to ${employeeName}.`;
    case 'order_unassigned':
      return 'Put back among the unassigned.';
    case 'order_held':
      return `Put on hold${because}`;
    case 'order_released':
      return `Released${because}`;
    case 'order_packed':
      return 'Packed.';
    case 'order_shipped':
      return `Shipped ${films} with ${carrier}, tracking number ${trackingNumber}.`;
    case 'order_delivered':
      return 'Delivered.';
    case 'order_cancelled':
      return `Cancelled ${films || 'everything'}${because}`;
    case 'order_lines_returned':
      return `Took back ${films}${because}`;
    case 'order_noted':
      return `Noted: ${note}`;
    default:
      return `${action.charAt(0).toUpperCase()}${action.slice(1).replaceAll('_', ' ')}.`;
  }
}

function describeLine(line: z.output<typeof lineSchema>, titles: ReadonlyMap<number, string>): string {
  const title = titles.get(line.movieId) ?? `film ${line.movieId}`;
  if (line.to !== undefined) return `${title} ${line.from} → ${line.to}`;
  const fate = line.disposition === 'write_off' ? ' (written off)' : '';
  return `${line.quantity} × ${title}${fate}`;
}

/** The films that an activity names. */
export function movieIdsOfActivity(activity: readonly RecordedActivity[]): number[] {
  return [...new Set(activity.flatMap(({ details }) => details.lines.map((line) => line.movieId)))];
}
