import type { OrderPlan, StepActor } from './order-plan.ts';
import { DAY_MS } from './order-times.ts';
import { RECEIPT_REASONS } from './phrases.ts';
import type { Random } from './random.ts';

/** Stock that came or went without an order: a row of stock_movements and one of panel_activity to be. */
export interface StockChange {
  readonly at: number;
  readonly movieId: number;
  readonly cause: 'received' | 'counted';
  readonly delta: number;
  /** What lies on the shelf after it. */
  readonly stock: number;
  readonly reason: string;
  readonly actor: StepActor;
}

/** A film's figures. */
export interface Shelf {
  stock: number;
  reserved: number;
}

interface Flow {
  readonly at: number;
  readonly stock: number;
  readonly reserved: number;
}

interface StockPlanOptions {
  readonly openedAt: number;
  readonly now: number;
  readonly actor: StepActor;
  /** Pieces of a film that shall be left when its demand is met: 0 sells out. */
  spare(movieId: number): number;
}

const DELIVERY_INTERVAL_MS = 14 * DAY_MS;

/**
 * Plans the deliveries that these orders need, one every two weeks, so that no film's available figure is ever
 * negative, and tells what lies on the shelf at the end.
 */
export function planStock(
  random: Random,
  movieIds: readonly number[],
  orders: readonly OrderPlan[],
  options: StockPlanOptions,
): { changes: StockChange[]; shelves: Map<number, Shelf> } {
  const flows = collectFlows(movieIds, orders);
  const changes: StockChange[] = [];
  const shelves = new Map<number, Shelf>();
  for (const [movieId, flow] of flows) {
    const shelf: Shelf = { stock: 0, reserved: 0 };
    changes.push(...planFilm(random, movieId, flow, shelf, options));
    shelves.set(movieId, shelf);
  }
  return { changes, shelves };
}

/** What orders move, by film, earliest first. */
function collectFlows(movieIds: readonly number[], orders: readonly OrderPlan[]): Map<number, Flow[]> {
  const flows = new Map<number, Flow[]>(movieIds.map((movieId) => [movieId, []]));
  for (const order of orders) {
    for (const movement of order.movements) flows.get(movement.movieId)?.push(movement);
  }
  for (const flow of flows.values()) flow.sort((a, b) => a.at - b.at);
  return flows;
}

function planFilm(
  random: Random,
  movieId: number,
  flow: readonly Flow[],
  shelf: Shelf,
  { openedAt, now, actor, spare }: StockPlanOptions,
): StockChange[] {
  const changes: StockChange[] = [];
  const wanted = spare(movieId);
  const change = (at: number, cause: StockChange['cause'], delta: number, reason: string) => {
    shelf.stock += delta;
    changes.push({ at, movieId, cause, delta, stock: shelf.stock, reason, actor });
  };
  for (let from = openedAt; from < now; from += DELIVERY_INTERVAL_MS) {
    const until = Math.min(from + DELIVERY_INTERVAL_MS, now);
    const period = flow.filter(({ at }) => at >= from && (at < until || until === now));
    const missing = wanted - lowestAvailable(shelf, period);
    const reason = from === openedAt ? 'Opening stock' : random.pick(RECEIPT_REASONS);
    if (missing > 0) change(from + random.integer(0, 999), 'received', missing, reason);
    for (const { stock, reserved } of period) {
      shelf.stock += stock;
      shelf.reserved += reserved;
    }
  }
  const surplus = shelf.stock - shelf.reserved;
  if (wanted === 0 && surplus > 0)
    change(now, 'counted', -surplus, 'Shelf counted: fewer than the books said');
  return changes;
}

function lowestAvailable(shelf: Shelf, period: readonly Flow[]): number {
  let available = shelf.stock - shelf.reserved;
  let lowest = available;
  for (const { stock, reserved } of period) {
    available += stock - reserved;
    lowest = Math.min(lowest, available);
  }
  return lowest;
}
