import { quoting, type Refusal, refuse } from '../errors.ts';
import { idSchema } from './command-input.ts';
import { defineOrderCommand, type OrderWork } from './define-order-command.ts';
import { decideEmployee, type Employee, findEmployees } from './employees.ts';
import { collect, unheldQuantity } from './line-arithmetic.ts';
import { decideAdoption, type Order } from './order-rows.ts';
import { decideStep, type OrderStatus } from './order-status.ts';
import { type FilmStock, lockFilms, type Movement, recordMovements } from './stock-ledger.ts';

export const assignShape = { employeeId: idSchema };

/** Gives an order to an employee, also if another one had it. Takes the order in: see {@link decideAdoption}. */
export const assignOrder = defineOrderCommand(
  { name: 'assign_order', action: 'order_assigned', shape: assignShape },
  (work) => giveOrder('assign', work),
);

/** Takes an order that nobody has for the signed-in employee. Takes the order in: see {@link decideAdoption}. */
export const claimOrder = defineOrderCommand(
  { name: 'claim_order', action: 'order_claimed', shape: assignShape },
  (work) => giveOrder('claim', work),
);

/** Puts an order back among those that nobody has. */
export const unassignOrder = defineOrderCommand(
  { name: 'unassign_order', action: 'order_unassigned', shape: {} },
  async ({ connection, order }) => {
    const refusal = decideStep(order, 'unassign');
    if (refusal) return refusal;
    await connection.query("UPDATE orders SET status = 'placed', employee_id = NULL WHERE id = ?", [
      order.id,
    ]);
    return { ok: true, status: 'placed', details: { employeeId: order.employeeId } };
  },
);

/** What giving an order to this employee does, or why it cannot be. `employees` knows him and whoever has it now. */
export function decideAssignment(
  order: Order,
  step: 'assign' | 'claim',
  employeeId: number,
  {
    employees,
    films,
  }: {
    employees: ReadonlyMap<number, Employee>;
    films: ReadonlyMap<number, FilmStock>;
  },
): { readonly ok: true; readonly status: OrderStatus; readonly movements: readonly Movement[] } | Refusal {
  const holder = order.employeeId === null ? undefined : employees.get(order.employeeId);
  const refusal =
    decideEmployee(employees.get(employeeId)) ??
    decideHolder(order, step, employeeId, holder) ??
    decideStep(order, step);
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
      refuse('already_assigned', `Order ${order.id} belongs to ${holder.name} already.${advice}`),
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
  const employeeIds = [employeeId, order.employeeId].filter((id) => id !== null);
  const employees = await findEmployees(connection, employeeIds);
  const films = await lockFilms(connection, collect(order.lines, unheldQuantity).keys());
  const decision = decideAssignment(order, step, employeeId, { employees, films });
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
