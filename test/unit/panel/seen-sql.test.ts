import { expect, test } from 'vitest';
import type { Queryable } from '../../../src/database/pool.ts';
import { guardReads, HiddenFromRoleError } from '../../../src/panel/seen-sql.ts';

const TABLES = new Map([
  ['orders', { hidden: new Set(['total']) }],
  ['employees', { hidden: new Set<string>() }],
  ['customers', null],
]);

async function read(sql: string): Promise<'read' | 'hidden' | 'refused'> {
  const db = { query: async () => [] } as unknown as Queryable;
  try {
    await guardReads(db, TABLES).query(sql);
    return 'read';
  } catch (error) {
    return error instanceof HiddenFromRoleError ? 'hidden' : 'refused';
  }
}

test.each([
  'SELECT COUNT(*) FROM orders',
  'SELECT 1 AS now',
  'SELECT status, 2 * id FROM orders o WHERE o.placed_at > ? GROUP BY status',
  'SELECT * FROM employees',
  'SELECT e.* FROM orders o JOIN employees e ON e.id = o.employee_id',
  "SELECT id FROM orders WHERE status = 'total' -- total",
  'SELECT e.total FROM employees e JOIN orders o USING (id)',
  '(SELECT id FROM orders) UNION ALL (SELECT id FROM employees)',
  'WITH late AS (SELECT id FROM orders) SELECT COUNT(*) FROM late',
])('%s is read', async (sql) => {
  expect(await read(sql)).toBe('read');
});

test.each([
  'SELECT total FROM orders',
  'SELECT TOTAL FROM Orders',
  'SELECT `total` FROM `orders`',
  'SELECT o.total FROM employees e, orders AS o',
  'SELECT * FROM orders',
  'SELECT o.* FROM orders o JOIN employees e ON e.id = o.employee_id',
  'SELECT found.total FROM (SELECT * FROM orders) found',
  'SELECT id FROM orders WHERE total > 5',
  'SELECT id FROM orders ORDER BY total',
  'SELECT id FROM employees WHERE id IN (SELECT employee_id FROM orders WHERE total > 5)',
  'SELECT COUNT(*) FROM customers',
  'SELECT id FROM orders, customers',
  'SELECT id FROM orders /*!50000 WHERE total > 5 */',
])('%s names what is hidden', async (sql) => {
  expect(await read(sql)).toBe('hidden');
});

test.each([
  'DELETE FROM orders',
  'UPDATE orders SET status = 1',
  'SELECT 1; SELECT 2',
  'SELECT password_hash FROM panel_accounts',
  'SELECT User FROM mysql.user',
  'SELECT id FROM orders.orders',
])('%s is no reading of these tables', async (sql) => {
  expect(await read(sql)).toBe('refused');
});
