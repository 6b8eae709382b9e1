import type { Locator } from 'playwright-core';
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
    `SELECT i.order_id AS id FROM order_items i WHERE i.held_quantity > 0 GROUP BY i.order_id
     ORDER BY EXISTS (SELECT 1 FROM shipments s WHERE s.order_id = i.order_id) DESC, i.order_id LIMIT 3`,
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

test('an order prints a slip for each parcel that left, and one for what is still to be packed', async ({
  page,
}) => {
  await signInAs(page, 'employee');
  await page.goto(`/admin/documents/orders/packing_slip?ids=${ids.join(',')}`);
  const [parcels] = await database.pool.query<RowDataPacket[]>(
    'SELECT id, order_id AS orderId, carrier, tracking_number AS trackingNumber FROM shipments WHERE order_id IN (?)',
    [ids],
  );
  for (const { id, orderId, carrier, trackingNumber } of parcels) {
    const sheet = page.locator('.sheet', { hasText: `Shipment ${id},` });
    expect(await sheet.locator('header').textContent()).toMatch(
      new RegExp(`order ${orderId}.*${carrier} · ${trackingNumber}`, 's'),
    );
    const [items] = await database.pool.query<RowDataPacket[]>(
      'SELECT m.title, i.quantity FROM shipment_items i JOIN movies m ON m.id = i.movie_id WHERE i.shipment_id = ?',
      [id],
    );
    expect(await readParcel(sheet)).toEqual(new Map(items.map(({ title, quantity }) => [title, quantity])));
  }
  for (const id of ids) {
    const sheet = page
      .locator('.sheet', { hasText: `Packing slip for order ${id}` })
      .filter({ hasText: 'Not shipped yet' });
    const [lines] = await database.pool.query<RowDataPacket[]>(
      'SELECT m.title, i.held_quantity AS quantity FROM order_items i JOIN movies m ON m.id = i.movie_id WHERE i.order_id = ? AND i.held_quantity > 0',
      [id],
    );
    expect(await readParcel(sheet)).toEqual(new Map(lines.map(({ title, quantity }) => [title, quantity])));
  }
  expect(countSheets(await page.pdf({ format: 'A4' }))).toBe(ids.length + parcels.length);
});

/** What a slip says is in the parcel, by the film's title. */
async function readParcel(sheet: Locator): Promise<Map<string, number>> {
  const rows = await sheet.locator('tbody tr').all();
  return new Map(
    await Promise.all(
      rows.map(async (row) => {
        const [, title = '', , quantity] = await row.locator('td').allTextContents();
        return [title.replace(/ \(\d+\)$/, ''), Number(quantity)] as const;
      }),
    ),
  );
}

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

test('the parcels of a selection print together, and each from its own page and from its order', async ({
  page,
}) => {
  const [parcels] = await database.pool.query<RowDataPacket[]>(
    'SELECT id, order_id AS orderId FROM shipments WHERE order_id = ? ORDER BY id',
    [ids[0]],
  );
  const [{ id } = { id: 0 }] = parcels;
  await signInAs(page, 'employee');
  await page.goto('/admin/resources/shipments');
  for (const row of [0, 1]) await page.locator('tbody input[type=checkbox]').nth(row).check();
  const opened = page.context().waitForEvent('page');
  await page.getByRole('region', { name: 'Selection' }).getByRole('button', { name: 'Packing slip' }).click();
  const papers = await opened;
  await papers.waitForLoadState();
  expect(await papers.locator('.sheet').count()).toBe(2);
  for (const address of [`shipments/records/${id}/show`, `orders/records/${ids[0]}/show`]) {
    await page.goto(`/admin/resources/${address}`);
    const link = page.locator(`a[href$="/admin/documents/shipments/packing_slip?ids=${id}"]`);
    await page.goto((await link.getAttribute('href')) ?? '');
    expect(await page.locator('.sheet header').textContent()).toContain(`Shipment ${id}, parcel 1`);
  }
});
