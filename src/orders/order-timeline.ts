import { z } from 'zod';
import type { ReadContext } from '../resources/panel-context.ts';

/** One thing that happened to an order. */
export interface TimelineEntry {
  /** ISO 8601 UTC. */
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

/** What the details of an order's activity repeat of columns. */
const FACTS = {
  lines: ['order_items.quantity'],
  reason: ['orders.hold_reason', 'stock_movements.note'],
  note: [],
  carrier: ['shipments.carrier'],
  trackingNumber: ['shipments.tracking_number'],
  employeeName: ['employees.name'],
} as const;

/**
 * Reads what was done with an order, as far as somebody may read it, oldest first. An order that another program wrote
 * begins with the moment it was placed.
 */
export async function findTimeline(
  context: ReadContext,
  orderId: string,
  placedAt: string | undefined,
): Promise<TimelineEntry[]> {
  const found = await context.activity('orders', { ids: [orderId], facts: FACTS });
  const activity = found.map((row) => ({ ...row, details: detailsSchema.parse(row.details) })).reverse();
  const films = await context.rows('movies').byIds(movieIdsOf(activity.map(({ details }) => details)));
  const titles = new Map(films.map(({ id, title }) => [Number(id), title]));
  const entries = activity.map(({ at, actor: { name, role }, action, details }) => ({
    at,
    actor: { name, role },
    action,
    sentence: describeActivity(action, details, titles),
  }));
  if (placedAt === undefined || activity.some(({ action }) => action === 'order_placed')) return entries;
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
      return films ? `Placed with ${films}.` : 'Placed.';
    case 'order_lines_changed':
      return films ? `Changed the lines: ${films}.` : 'Changed the lines.';
    case 'order_claimed':
      return 'Claimed.';
    case 'order_assigned':
      return employeeName ? `Assigned to ${employeeName}.` : 'Assigned.';
    case 'order_unassigned':
      return 'Put back among the unassigned.';
    case 'order_held':
      return `Put on hold${because}`;
    case 'order_released':
      return `Released${because}`;
    case 'order_packed':
      return 'Packed.';
    case 'order_shipped':
      return `${describeShipping(films, carrier, trackingNumber)}.`;
    case 'order_delivered':
      return 'Delivered.';
    case 'order_cancelled':
      return `Cancelled ${films || 'everything'}${because}`;
    case 'order_lines_returned':
      return `Took back ${films || 'films'}${because}`;
    case 'order_noted':
      return `Noted: ${note}`;
    default:
      return `${action.charAt(0).toUpperCase()}${action.slice(1).replaceAll('_', ' ')}.`;
  }
}

function describeShipping(films: string, carrier?: string, trackingNumber?: string): string {
  const parts = [films && ` ${films}`, carrier && ` with ${carrier}`];
  return ['Shipped', ...parts, trackingNumber && `, tracking number ${trackingNumber}`]
    .filter(Boolean)
    .join('');
}

function describeLine(line: z.output<typeof lineSchema>, titles: ReadonlyMap<number, string>): string {
  const title = titles.get(line.movieId) ?? `film ${line.movieId}`;
  if (line.to !== undefined) return `${title} ${line.from} → ${line.to}`;
  const fate = line.disposition === 'write_off' ? ' (written off)' : '';
  return `${line.quantity} × ${title}${fate}`;
}

function movieIdsOf(details: readonly Details[]): number[] {
  return [...new Set(details.flatMap(({ lines }) => lines.map((line) => line.movieId)))];
}
