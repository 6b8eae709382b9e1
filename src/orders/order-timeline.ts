import { z } from 'zod';
import type { ReadContext } from '../resources/panel-context.ts';
import { sentence } from '../sentence.ts';
import { findPriceChanges, type PriceChange } from './find-price-changes.ts';

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
    left: z.number().optional().catch(undefined),
    carrier: z.string().optional().catch(undefined),
    trackingNumber: z.string().optional().catch(undefined),
    employeeName: z.string().optional().catch(undefined),
  })
  .catch({ lines: [] });

type Details = z.output<typeof detailsSchema>;

/** What the details of an order's activity repeat of columns. */
const FACTS = {
  lines: ['order_items.quantity'],
  left: ['order_items.quantity'],
  reason: ['orders.hold_reason', 'stock_movements.note'],
  note: [],
  carrier: ['shipments.carrier'],
  trackingNumber: ['shipments.tracking_number'],
  employeeName: ['employees.name'],
} as const;

/** An order with what its timeline needs of it. */
export interface TimedOrder {
  readonly id: number;
  /** ISO 8601 UTC; absent where it may not be read. */
  readonly placedAt?: string;
  readonly lines: readonly { readonly movieId: number }[];
}

/**
 * Reads what was done with an order, as far as somebody may read it, oldest first. An order that another program wrote
 * begins with the moment it was placed. Beside it stand the changes of its films' prices around the time they came in.
 */
export async function findTimeline(
  context: ReadContext,
  { id, placedAt, lines }: TimedOrder,
): Promise<TimelineEntry[]> {
  const found = await context.activity('orders', { ids: [id], facts: FACTS });
  const activity = found.map((row) => ({ ...row, details: detailsSchema.parse(row.details) })).reverse();
  const told = movieIdsOf(activity.map(({ details }) => details));
  const films = await context.rows('movies').byIds([...told, ...lines.map(({ movieId }) => movieId)]);
  const titles = new Map(films.map(({ id, title }) => [Number(id), title]));
  const entries = activity.map(({ at, actor: { name, role }, action, details }) => ({
    at,
    actor: { name, role },
    action,
    sentence: describeActivity(action, details, titles),
  }));
  if (placedAt === undefined) return entries;
  const sentence = 'Placed outside the panel.';
  const isOutside = !activity.some(({ action }) => action === 'order_placed');
  const all = isOutside
    ? [{ at: placedAt, actor: null, action: 'order_placed', sentence }, ...entries]
    : entries;
  const changes = await findPriceChanges(
    context,
    lines.map(({ movieId }) => movieId),
  );
  const prices = lines.flatMap(({ movieId }) => {
    const soldAt = activity.findLast(({ details }) => isAdded(details, movieId))?.at ?? placedAt;
    return findAround(
      changes.filter((change) => change.movieId === movieId),
      soldAt,
    ).map((change) => tellPrice(change, titles.get(movieId)));
  });
  return [...all, ...prices].sort((left, right) => (left.at < right.at ? -1 : Number(left.at > right.at)));
}

const isAdded = ({ lines }: Details, movieId: number) =>
  lines.some((line) => line.movieId === movieId && line.from === 0);

/** How long before and after a film was sold a change of its price is told with the order. */
const PRICE_WATCH_MS = 30 * 24 * 60 * 60 * 1000;

type DatedChange = PriceChange & { readonly at: string };

/** The change that made the price a film was sold at, and the one that ended it. */
function findAround(changes: readonly PriceChange[], soldAt: string): DatedChange[] {
  const near = changes.filter(
    (change): change is DatedChange =>
      change.at !== null && Math.abs(Date.parse(change.at) - Date.parse(soldAt)) <= PRICE_WATCH_MS,
  );
  const last = near.findLast(({ at }) => at <= soldAt);
  const next = near.find(({ at }) => at > soldAt);
  return [last, next].filter((change) => change !== undefined);
}

function tellPrice({ at, actor, from, to, movieId }: DatedChange, title = `film ${movieId}`): TimelineEntry {
  const until = actor ? '' : ', at the latest now';
  return {
    at,
    actor,
    action: 'price_changed',
    sentence: `Price of ${title} changed: ${from} → ${to}${until}.`,
  };
}

/** One activity in words; an action that is not the order book's is told by its name. */
export function describeActivity(
  action: string,
  { lines, reason, note, left, carrier, trackingNumber, employeeName }: Details,
  titles: ReadonlyMap<number, string>,
): string {
  const films = lines.map((line) => describeLine(line, titles)).join(', ');
  const because = reason ? `: ${reason}` : '.';
  switch (action) {
    case 'order_placed':
      return films ? sentence`Placed with ${films}.` : 'Placed.';
    case 'order_lines_changed':
      return films ? sentence`Changed the lines: ${films}.` : 'Changed the lines.';
    case 'order_claimed':
      return 'Claimed.';
    case 'order_assigned':
      return employeeName ? sentence`Assigned to ${employeeName}.` : 'Assigned.';
    case 'order_unassigned':
      return 'Put back among the unassigned.';
    case 'order_held':
      return `Put on hold${because}`;
    case 'order_released':
      return `Released${because}`;
    case 'order_packed':
      return 'Packed.';
    case 'order_shipped':
      return sentence`Shipped${describeParcel(films, carrier, trackingNumber)}.`;
    case 'order_part_shipped':
      return sentence`Part shipped${describeParcel(films, carrier, trackingNumber)}${left ? `; ${left} left to ship` : ''}.`;
    case 'order_delivered':
      return 'Delivered.';
    case 'order_cancelled':
      return `Cancelled ${films || 'everything'}${because}`;
    case 'order_rest_cancelled':
      return `Cancelled the rest${films && `, ${films}`}${because}`;
    case 'order_returned':
    case 'order_part_returned':
    case 'order_lines_returned':
      return `Took back ${films || 'films'}${because}`;
    case 'order_noted':
      return `Noted: ${note}`;
    default:
      return `${action.charAt(0).toUpperCase()}${action.slice(1).replaceAll('_', ' ')}.`;
  }
}

function describeParcel(films: string, carrier?: string, trackingNumber?: string): string {
  const parts = [films && ` ${films}`, carrier && ` with ${carrier}`];
  return [...parts, trackingNumber && `, tracking number ${trackingNumber}`].filter(Boolean).join('');
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
