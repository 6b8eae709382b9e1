import { z } from 'zod';
import { type Actor, recordActivity } from '../database/activity.ts';
import type { PoolConnection } from '../database/pool.ts';
import type { Refusal } from '../errors.ts';
import { idSchema, keyShape } from './command-input.ts';
import { type Command, type Done, defineCommand } from './define-command.ts';
import { lockOrder, type Order } from './order-rows.ts';
import type { OrderStatus } from './order-statuses.ts';

/** What the work of a command finds: the order and its lines, locked. */
export interface OrderWork<V> {
  readonly connection: PoolConnection;
  readonly actor: Actor;
  readonly order: Order;
  readonly input: V;
}

/** What the work of a command did. */
interface OrderOutcome<T> {
  readonly ok: true;
  /** The order's status now. */
  readonly status: OrderStatus;
  /** What was done, where that is not what the command is called after: `order_part_shipped`. */
  readonly action?: string;
  /** For the timeline. */
  readonly details?: object;
  /** What the answer says besides order and status. */
  readonly answer?: T;
}

/** `{ orderId, idempotencyKey? }` and the command's own fields, as a caller or a form gives them. */
export type OrderInput<S extends z.ZodRawShape> = {
  orderId: number | string;
  idempotencyKey?: string;
} & (keyof S extends never ? object : z.input<z.ZodObject<S>>);

/**
 * Builds a command on one existing order: `{ orderId, ...shape, idempotencyKey? }` → lock the order, do the work,
 * write its one panel_activity row under `action` (`order_packed`) or the outcome's own, answer `{ ok, orderId, status, ... }`.
 */
export function defineOrderCommand<S extends z.ZodRawShape, T extends object = object>(
  { name, action, shape }: { name: string; action: string; shape: S },
  work: (work: OrderWork<z.output<z.ZodObject<S>>>) => Promise<OrderOutcome<T> | Refusal>,
): Command<OrderInput<S>, { orderId: number; status: OrderStatus } & T> {
  const schema = z.intersection(z.object({ orderId: idSchema, ...keyShape }), z.object(shape));
  const command = defineCommand(name, schema, async (connection, actor, values) => {
    const { orderId } = values;
    const order = await lockOrder(connection, orderId);
    if (!order.ok) return order;
    const outcome = await work({ connection, actor, order, input: values });
    if (!outcome.ok) return outcome;
    const { status, details, answer } = outcome;
    const done = { action: outcome.action ?? action, table: 'orders', recordId: String(orderId), details };
    await recordActivity(connection, actor, done);
    return { ok: true, orderId, status, ...answer } as Done<{ orderId: number; status: OrderStatus } & T>;
  });
  return command as Command<OrderInput<S>, { orderId: number; status: OrderStatus } & T>;
}
