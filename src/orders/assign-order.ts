import { quoting, type Refusal, refuse } from '../errors.ts';
import { sentence } from '../sentence.ts';
import { idSchema } from './command-input.ts';
import { defineOrderCommand, type OrderWork } from './define-order-command.ts';
import { decideEmployee, type Employee, findEmployees } from './employees.ts';
import { collect, unheldQuantity } from './line-arithmetic.ts';
import { type Doer, decideTaking, findDoer } from './order-holder.ts';
import { decideAdoption, type Order } from './order-rows.ts';
import { decideStep } from './order-status.ts';
import type { OrderStatus } from './order-statuses.ts';
import { type FilmStock, lockFilms, type Movement, recordMovements } from './stock-ledger.ts';

export const assignShape = { employeeId: idSchema };

/** Gives an order to an employee; from another one, who must agree: see {@link decideTaking}. Takes the order in: see {@link decideAdoption}. */
export const assignOrder = defineOrderCommand(
  { name: 'assign_order', action: 'order_assigned', shape: assignShape },
  (work) => giveOrder('assign', work),
);

/** Takes an order that nobody has for the signed-in employee. Takes the order in: see {@link decideAdoption}. */
export const claimOrder = defineOrderCommand(
  { name: 'claim_order', action: 'order_claimed', shape: assignShape },
  (work) => giveOrder('claim', work),
);

/** Puts an order back among those that nobody has; a colleague's only by who leads: see {@link decideTaking}. */
export const unassignOrder = defineOrderCommand(
  { name: 'unassign_order', action: 'order_unassigned', shape: {} },
  async ({ connection, actor, order }) => {
    const doer = await findDoer(connection, actor);
    const holder = (await findEmployees(connection, holderOf(order))).get(order.employeeId ?? 0);
    const refusal = decideStep(order, 'unassign') ?? decideTaking(order, doer, holder);
    if (refusal) return refusal;
    await connection.query("UPDATE orders SET status = 'placed', employee_id = NULL WHERE id = ?", [
      order.id,
    ]);
    return { ok: true, status: 'placed', details: { employeeId: order.employeeId } };
  },
);

/** What the rules of giving an order know besides it: the employees are the one it goes to and whoever has it now. */
export interface GivingContext {
  readonly employees: ReadonlyMap<number, Employee>;
  readonly films: ReadonlyMap<number, FilmStock>;
  readonly doer: Doer;
}

/** What giving an order to this employee does, or why it cannot be. */
export function decideAssignment(
  order: Order,
  step: 'assign' | 'claim',
  employeeId: number,
  { employees, films, doer }: GivingContext,
): { readonly ok: true; readonly status: OrderStatus; readonly movements: readonly Movement[] } | Refusal {
  const holder = order.employeeId === null ? undefined : employees.get(order.employeeId);
  const refusal =
    decideEmployee(employees.get(employeeId)) ??
    decideHolder(order, step, employeeId, holder) ??
    decideStep(order, step) ??
    decideTaking(order, doer, holder);
  if (refusal) return refusal;
  const adoption = decideAdoption(order, films);
  return adoption.ok
    ? { ...adoption, status: order.status === 'placed' ? 'assigned' : order.status }
    : adoption;
}

function decideHolder(
  order: Order,
  step: 'assign' | 'claim',
  employeeId: number,
  holder: Employee | undefined,
): Refusal | null {
  if (!holder) return null;
  const isHis = holder.id === employeeId;
  const refuseFor = (advice: string) =>
    quoting(
      refuse('already_assigned', sentence`Order ${order.id} belongs to ${holder.name} already.${advice}`),
      ['employees.name', 'orders.employee_id'],
      `Order ${order.id} belongs to somebody already.${advice}`,
    );
  if (step === 'claim' && !isHis) return refuseFor(' Ask a supervisor to reassign it.');
  return isHis && order.status !== 'placed' ? refuseFor('') : null;
}

async function giveOrder(
  step: 'assign' | 'claim',
  { connection, actor, order, input: { employeeId } }: OrderWork<{ employeeId: number }>,
) {
  const employees = await findEmployees(connection, [employeeId, ...holderOf(order)]);
  const doer = await findDoer(connection, actor);
  const films = await lockFilms(connection, collect(order.lines, unheldQuantity).keys());
  const decision = decideAssignment(order, step, employeeId, { employees, films, doer });
  if (!decision.ok) return decision;
  const { status, movements } = decision;
  await connection.query('UPDATE orders SET status = ?, employee_id = ? WHERE id = ?', [
    status,
    employeeId,
    order.id,
  ]);
  await recordMovements(connection, actor, movements, { orderId: order.id });
  const details = { employeeId, employeeName: employees.get(employeeId)?.name };
  return { ok: true, status, details } as const;
}

function holderOf({ employeeId }: Order): number[] {
  return employeeId === null ? [] : [employeeId];
}
