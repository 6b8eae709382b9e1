import type { Actor } from '../database/activity.ts';
import type { Queryable, RowDataPacket } from '../database/pool.ts';
import { quoting, type Refusal, refuse } from '../errors.ts';

/** Who can work on orders. */
export interface Employee {
  readonly id: number;
  readonly name: string;
  readonly active: boolean;
}

/** The employee who signs in with this email address, or null: accounts and employees are tied by it. */
export async function findEmployeeByEmail(db: Queryable, email: string): Promise<Employee | null> {
  const [rows] = await db.query<RowDataPacket[]>('SELECT id, name, active FROM employees WHERE email = ?', [
    email,
  ]);
  return rows[0] ? decodeEmployee(rows[0]) : null;
}

/** The employee whom an account of the panel belongs to, by its email address, or null. */
export async function findEmployeeOfAccount(
  db: Queryable,
  accountId: number | null,
): Promise<Employee | null> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT e.id, e.name, e.active FROM panel_accounts a JOIN employees e ON e.email = a.email WHERE a.id = ?`,
    [accountId],
  );
  return rows[0] ? decodeEmployee(rows[0]) : null;
}

/** Which employee the actor is; null where he is none. */
export async function findOwnEmployee(
  db: Queryable,
  actor: Actor,
): Promise<{ readonly ok: true; readonly employeeId: number | null }> {
  const employee = await findEmployeeOfAccount(db, actor.id);
  return { ok: true, employeeId: employee?.id ?? null };
}

/** Employees by id; ids that do not exist are missing. */
export async function findEmployees(
  db: Queryable,
  employeeIds: readonly number[],
): Promise<Map<number, Employee>> {
  if (employeeIds.length === 0) return new Map();
  const [rows] = await db.query<RowDataPacket[]>('SELECT id, name, active FROM employees WHERE id IN (?)', [
    employeeIds,
  ]);
  return new Map(rows.map((row) => [row.id, decodeEmployee(row)]));
}

/** Null where this employee can be given work. */
export function decideEmployee(employee: Employee | undefined): Refusal | null {
  const fields = (message: string) => ({ employeeId: message });
  if (!employee)
    return refuse(
      'unknown_employee',
      'There is no such employee. Choose another one.',
      fields('does not exist'),
    );
  if (!employee.active)
    return quoting(
      refuse(
        'inactive_employee',
        `${employee.name} no longer works here. Choose another employee.`,
        fields('no longer works here'),
      ),
      ['employees.name'],
      'This employee no longer works here. Choose another one.',
    );
  return null;
}

function decodeEmployee(row: RowDataPacket): Employee {
  return { id: row.id, name: row.name, active: row.active === 1 };
}
