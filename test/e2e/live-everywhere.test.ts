import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { claimOrder } from '../../src/orders/assign-order.ts';
import { packOrder } from '../../src/orders/pack-order.ts';
import { createBrowserTest } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { StoreRows, ZIX } from '../support/store-rows.ts';
import { type StoreSite, signInAs, startStoreSite } from '../support/store-site.ts';

let database: TestDatabase;
/** Two programs on one database, as behind a load balancer. */
let site: StoreSite;
let otherSite: StoreSite;
let rows: StoreRows;
let film: number;
let orderId: number;
const test = createBrowserTest(() => site.origin);

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  rows = new StoreRows(database.pool);
  const customerId = await rows.addCustomer('Gax');
  const employeeId = await rows.addEmployee('Zix');
  film = await rows.addFilm({ title: 'Alien', stock: 7 });
  orderId = await rows.place(customerId, [{ movieId: film, quantity: 1 }]);
  await claimOrder(database.pool, ZIX, { orderId, employeeId });
  await packOrder(database.pool, ZIX, { orderId });
  site = await startStoreSite(database);
  otherSite = await startStoreSite(database);
});

afterAll(async () => {
  await otherSite?.stop();
  await site?.stop();
  await database?.drop();
});

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

test('one plain UPDATE moves the list, the record, the home page and the wallboard', async ({ page }) => {
  await signInAs(page, 'supervisor');
  const open = async (address: string): Promise<Page> => {
    const tab = await page.context().newPage();
    await tab.goto(address);
    return tab;
  };
  const list = await open('/admin/resources/movies');
  const record = await open(`/admin/resources/movies/records/${film}/show`);
  const board = await open('/live-board');
  const available = list.getByRole('row', { name: 'Alien' }).getByRole('cell');
  const shelf = record.locator('dl').filter({ hasText: 'Available' }).locator('dd');
  await expect.poll(() => available.allTextContents()).toContain('6');
  await expect.poll(() => shelf.allTextContents()).toEqual(['6', '7', '1']);
  await region(board, 'Films that run low').getByText('No film runs low.').waitFor();
  await region(page, 'Low stock').getByText('No film runs low.').waitFor();

  await database.pool.query('UPDATE movies SET stock = stock - 2 WHERE id = ?', [film]);

  await expect.poll(() => available.allTextContents()).toContain('4');
  await expect.poll(() => shelf.allTextContents()).toEqual(['4', '5', '1']);
  await region(record, 'Movements').getByText('outside', { exact: false }).first().waitFor();
  await region(board, 'Films that run low').getByText('4 left').waitFor();
  await region(board, 'Stock, what moved last').getByText('outside the panel').first().waitFor();
  await region(page, 'Low stock').getByText('4 left').waitFor();
  await page
    .getByRole('list', { name: 'Stock, what moved last' })
    .getByText('outside the panel')
    .first()
    .waitFor();
});

test('an order shipped through one program appears on the home page of another', async ({
  page,
  browser,
}) => {
  await signInAs(page, 'supervisor');
  const context = await browser.newContext({ baseURL: otherSite.origin });
  const other = await context.newPage();
  await signInAs(other, 'employee');
  await other.goto(`/admin/resources/orders/records/${orderId}/show`);
  await other.getByRole('button', { name: 'Ship', exact: true }).click();
  await other.getByLabel('Carrier').fill('GalEx');
  await other.getByLabel('Tracking number').fill('GX-1');
  await other.getByRole('dialog').getByRole('button', { name: 'Ship', exact: true }).click();
  const feed = region(page, 'Happening now').getByRole('listitem');
  await expect.poll(() => feed.first().textContent()).toMatch(/^Order 1 shipped.*by /);
  await context.close();
});
