import { afterAll, beforeAll, expect } from 'vitest';
import type { RowDataPacket } from '../../src/database/pool.ts';
import { seedStore } from '../../src/seed/seed-store.ts';
import { createBrowserTest } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type StoreSite, signInAs, startStoreSite } from '../support/store-site.ts';

let database: TestDatabase;
let site: StoreSite;
let ids: number[];

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  await seedStore(database.pool, { orders: 300, now: new Date('2026-11-22T12:00:00Z') });
  const [rows] = await database.pool.query<RowDataPacket[]>(
    'SELECT order_id AS id FROM order_items WHERE held_quantity > 0 GROUP BY order_id ORDER BY order_id LIMIT 3',
  );
  ids = rows.map(({ id }) => id);
  expect(ids).toHaveLength(3);
  site = await startStoreSite(database);
});

afterAll(async () => {
  await site?.stop();
  await database?.drop();
});

const test = createBrowserTest(() => site.origin);

const countSheets = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;

test('packing slips print a sheet an order, with its number and its films', async ({ page }) => {
  await signInAs(page, 'employee');
  await page.goto(`/admin/documents/orders/packing_slip?ids=${ids.join(',')}`);
  for (const id of ids) {
    const sheet = page.locator('.sheet', { hasText: `Packing slip for order ${id}` });
    const [lines] = await database.pool.query<RowDataPacket[]>(
      'SELECT m.title FROM order_items i JOIN movies m ON m.id = i.movie_id WHERE i.order_id = ? AND i.held_quantity > 0',
      [id],
    );
    for (const { title } of lines) expect(await sheet.textContent()).toContain(title);
  }
  expect(countSheets(await page.pdf({ format: 'A4' }))).toBe(ids.length);
});

test('a pick list adds the films of a selection up', async ({ page }) => {
  await signInAs(page, 'employee');
  await page.goto(`/admin/documents/orders/pick_list?ids=${ids.join(',')}`);
  const [rows] = await database.pool.query<RowDataPacket[]>(
    'SELECT SUM(held_quantity) AS copies FROM order_items WHERE order_id IN (?)',
    [ids],
  );
  const copies = await page.locator('tbody td.number').allTextContents();
  expect(copies.reduce((sum, text) => sum + Number(text), 0)).toBe(Number(rows[0]?.copies));
  expect(countSheets(await page.pdf({ format: 'A4' }))).toBe(1);
});
