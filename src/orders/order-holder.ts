import type { Actor } from '../database/activity.ts';
import type { Queryable } from '../database/pool.ts';
import { quoting, type Refusal, refuse } from '../errors.ts';
import { sentence } from '../sentence.ts';
import { type Employee, findEmployeeOfAccount } from './employees.ts';
import type { Order } from './order-rows.ts';

/** Who lead the others and may give their work to somebody else. */
const LEADING_ROLES = ['supervisor', 'admin'];

/** Who takes a step with an order, as the rule about others' work sees him. */
export interface Doer {
  /** Null where his account is no employee's. */
  readonly employeeId: number | null;
  readonly isLeader: boolean;
}

/** Finds who takes a step. */
export async function findDoer(db: Queryable, actor: Actor): Promise<Doer> {
  const employee = await findEmployeeOfAccount(db, actor.id);
  return { employeeId: employee?.id ?? null, isLeader: LEADING_ROLES.includes(actor.role) };
}

/** Refuses to take an order away from whoever has it, unless he gives it away himself or somebody who leads does. */
export function decideTaking(order: Order, doer: Doer, holder: Employee | undefined): Refusal | null {
  if (!holder || holder.id === doer.employeeId || doer.isLeader) return null;
  const { name } = holder;
  return quoting(
    refuse(
      'not_your_order',
      sentence`Order ${order.id} belongs to ${name}. Only ${name} or a supervisor can give it away: ask them.`,
    ),
    ['employees.name', 'orders.employee_id'],
    `Order ${order.id} belongs to somebody else. Only who has it or a supervisor can give it away: ask them.`,
  );
}
