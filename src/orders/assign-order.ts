import { type Refusal, refuse } from '../errors.ts';
import { idSchema } from './command-input.ts';
import { defineOrderCommand, type OrderWork } from './define-order-command.ts';
import { decideEmployee, type Employee, findEmployees } from './employees.ts';
import { collect, unheldQuantity } from './line-arithmetic.ts';
import { decideAdoption, type Order } from './order-rows.ts';
import { decideStep } from './order-status.ts';
import { lockFilms, recordMovements } from './stock-ledger.ts';

/** Gives an order to an employee, also if another one had it. Takes the order in: see {@link decideAdoption}. */
export const assignOrder = defineOrderCommand(
  { name: 'assign_order', action: 'order_assigned', shape: { employeeId: idSchema } },
  (work) => giveOrder('assign', work),
);

/** Takes an order that nobody has for the signed-in employee. Takes the order in: see {@link decideAdoption}. */
export const claimOrder = defineOrderCommand(
  { name: 'claim_order', action: 'order_claimed', shape: { employeeId: idSchema } },
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

/** Whether an order can be given to this employee; `employees` knows him and the one who has the order now. */
export function decideAssignment(
  order: Order,
  step: 'assign' | 'claim',
  employeeId: number,
  employees: ReadonlyMap<number, Employee>,
): Refusal | null {
  const refusal = decideEmployee(employees.get(employeeId));
  if (refusal) return refusal;
  const holder = order.employeeId === null ? undefined : employees.get(order.employeeId);
  if (holder && holder.id !== employeeId && step === 'claim') {
    const message = `Order ${order.id} belongs to ${holder.name} already. Ask a supervisor to reassign it.`;
    return refuse('already_assigned', message);
  }
  const stepRefusal = decideStep(order, step);
  if (stepRefusal || holder?.id !== employeeId || order.status === 'placed') return stepRefusal;
  return refuse('already_assigned', `Order ${order.id} belongs to ${holder.name} already.`);
}

async function giveOrder(
  step: 'assign' | 'claim',
  { connection, actor, order, input: { employeeId } }: OrderWork<{ employeeId: number }>,
) {
  const employeeIds = [employeeId, order.employeeId].filter((id) => id !== null);
  const employees = await findEmployees(connection, employeeIds);
  const refusal = decideAssignment(order, step, employeeId, employees);
  if (refusal) return refusal;
  const films = await lockFilms(connection, collect(order.lines, unheldQuantity).keys());
  const adoption = decideAdoption(order, films);
  if (!adoption.ok) return adoption;
  await recordMovements(connection, actor, adoption.movements, { orderId: order.id });
  const status = order.status === 'placed' ? 'assigned' : order.status;
  await connection.query('UPDATE orders SET status = ?, employee_id = ? WHERE id = ?', [
    status,
    employeeId,
    order.id,
  ]);
  const details = { employeeId, employeeName: employees.get(employeeId)?.name };
  return { ok: true, status, details } as const;
}
