import type { OrderLine } from '../orders/line-arithmetic.ts';
import type { OrderState } from '../orders/order-status.ts';
import type { Movement } from '../orders/stock-ledger.ts';

// A plan is an order with all that ever happened to it, before it is in the database. Times are milliseconds since 1970.

type Writable<T> = { -readonly [Name in keyof T]: T[Name] };

export type LinePlan = Writable<OrderLine>;

/** Who does a step: an employee, or the shop's own front. */
export interface StepActor {
  readonly name: string;
  readonly role: 'employee' | 'system';
}

export interface Employee extends StepActor {
  readonly id: number;
  readonly role: 'employee';
  /** When he came. */
  readonly since: number;
  /** When he left; Infinity while he works here. */
  readonly until: number;
}

export interface ShipmentPlan {
  /** 0 until it is in the database. */
  id: number;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly shippedAt: number;
  deliveredAt: number | null;
  readonly lines: readonly { readonly movieId: number; readonly quantity: number }[];
}

/** A row of stock_movements to be. */
export interface MovementPlan extends Movement {
  readonly at: number;
  readonly note: string | null;
  readonly actorName: string;
}

/** A row of panel_activity to be. */
export interface ActivityPlan {
  readonly at: number;
  readonly actor: StepActor;
  readonly action: string;
  readonly details?: object;
  /** The shipment it tells of, whose id stands first in the details. */
  readonly shipment?: ShipmentPlan;
}

export interface OrderPlan extends Writable<OrderState> {
  readonly customerId: number;
  readonly placedAt: number;
  employeeId: number | null;
  readonly lines: readonly LinePlan[];
  readonly shipments: ShipmentPlan[];
  readonly movements: MovementPlan[];
  readonly activities: ActivityPlan[];
}
