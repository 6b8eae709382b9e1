import type { Ranked } from './ranked.ts';
import type { Tally } from './tally.ts';

/** What may not be read is absent. Times are ISO 8601 UTC; an hour is the first 13 characters of one, a minute the first 16. */
export interface OldestOrder {
  readonly id: number;
  readonly status: string;
  readonly onHold?: boolean;
  readonly employeeId?: number | null;
  readonly placedAt: string;
  /** Decimal string. */
  readonly total?: string;
}

export interface LowFilm {
  readonly id: number;
  readonly title: string;
  readonly available: number;
  readonly threshold?: number;
}

export interface StockMove {
  /** Decimal string. */
  readonly id: string;
  readonly at: string;
  readonly movieId: number;
  /** Null where it was not told. */
  readonly title: string | null;
  readonly stockDelta?: number;
  readonly reservedDelta?: number;
  readonly reason?: string;
  readonly orderId?: number | null;
  /** Null where another program did it. */
  readonly actorName?: string | null;
}

/** Something that was done with an order, or the same with several orders at once. */
export interface OrderEvent {
  readonly key: string;
  readonly at: string;
  /** Null: outside the panel. */
  readonly actorName: string | null;
  /** Of several orders: one of them. */
  readonly orderId: number;
  readonly orderCount: number;
  /** `placed`, `packed`, …: what comes after "Order 42". */
  readonly deed: string;
  /** To whom it was assigned. */
  readonly employeeName: string | null;
}

/** The key of what belongs to no employee, among the ids of employees. */
export const NOBODY = 'nobody';

/** The key of an order's status while it is on hold. */
export const HELD = ':held';

/** The hour of open orders placed before `waitingSince`. */
export const EARLIER = 'earlier';

/**
 * All that the figures of the store derive from; begun by a snapshot (src/orders/find-supervisor-state.ts) and kept up
 * to date by `foldTransaction`. Its size depends on hours and employees, not on how many orders there are.
 */
export interface SupervisorState {
  /** When the snapshot was taken, by the database's clock. */
  readonly takenAt: string;
  /** The hour up to which the beginnings below have been moved on. */
  readonly hour: string;
  /** An open order that has waited so long is late. */
  readonly lateAfterHours: number;
  /** The hour from which on `placed`, `soldCents` and `shipped` count: more than a day ago. */
  readonly recentSince: string;
  /** Orders by the hour they were placed in and by status. */
  readonly placed: Tally;
  /**
   * What the orders not cancelled come to less what came back of them, in hundredths, by the hour they were placed in,
   * under 'cents'; null where the totals may not be read.
   */
  readonly soldCents: Tally | null;
  /** Shipments by hour and by the id of the employee who had the order. */
  readonly shipped: Tally;
  /** The hour from which on `waiting` tells the minutes. */
  readonly waitingSince: string;
  /** Open orders by the hour and minute they were placed in. */
  readonly waiting: Tally;
  /** Open orders by the id of their employee, and by status: `packed`, or `packed:held` while on hold. */
  readonly open: Tally;
  readonly employees: Readonly<Record<string, { readonly name: string; readonly isActive: boolean }>>;
  /** Null where it may not be read. */
  readonly lowStockCount: number | null;
  /** Open orders, oldest first. */
  readonly oldest: Ranked<OldestOrder>;
  /** Films that run low, least available first. */
  readonly lowStock: Ranked<LowFilm>;
  /** Newest first. */
  readonly movements: Ranked<StockMove>;
  /** Newest first, a bounded number. */
  readonly events: readonly OrderEvent[];
}

/** The tables whose changes are to be folded in. */
export const SUPERVISOR_TOPICS = ['orders', 'shipments', 'movies', 'stock_movements', 'employees'] as const;

/** The name of the snapshot. */
export const SUPERVISOR_SNAPSHOT = 'supervisor';
