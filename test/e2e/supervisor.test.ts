import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { packOrder } from '../../src/orders/pack-order.ts';
import { asLoader } from '../support/as-loader.ts';
import { createBrowserTest } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { StoreRows, ZIX } from '../support/store-rows.ts';
import { type StoreSite, signInAs, startStoreSite } from '../support/store-site.ts';

const NARROW_WIDTH = 390;

let database: TestDatabase;
let site: StoreSite;
let rows: StoreRows;
let customerId: number;
let employeeId: number;
let film: number;
const test = createBrowserTest(() => site.origin);

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  rows = new StoreRows(database.pool);
  customerId = await rows.addCustomer('Gax');
  employeeId = await rows.addEmployee('Zix');
  film = await rows.addFilm({ title: 'Alien', stock: 6 });
  site = await startStoreSite(database);
});

afterAll(async () => {
  await site?.stop();
  await database?.drop();
});

const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

/** Waits until a tile shows this. */
const figure = (page: Page, heading: string, label: string, value: string) =>
  section(page, heading)
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: label, exact: true }) })
    .filter({ has: page.locator('strong', { hasText: new RegExp(`^${value}$`) }) })
    .waitFor();

const runSql = (sql: string, ...values: unknown[]) => database.pool.query(sql, values);

/** A mark that is lost if the page is loaded anew. */
const markPage = (page: Page) => page.evaluate(() => document.body.setAttribute('data-same-page', ''));
const isSamePage = (page: Page) => page.evaluate(() => document.body.hasAttribute('data-same-page'));

test('plain SQL moves figures, feed and ticker of an open home page', async ({ page }) => {
  await signInAs(page, 'supervisor');
  await figure(page, 'To do now', 'Low stock', '0');
  await markPage(page);
  await runSql('UPDATE movies SET stock = stock - 1 WHERE id = ?', film);
  await figure(page, 'To do now', 'Low stock', '1');
  await section(page, 'Low stock').getByText('5 left').waitFor();
  await page.getByRole('list', { name: 'Stock, what moved last' }).getByText('−1outside the panel').waitFor();

  await figure(page, 'Today', 'Orders', '0');
  await runSql('INSERT INTO orders (customer_id) VALUES (?)', customerId);
  await figure(page, 'Today', 'Orders', '1');
  await figure(page, 'Today by status', 'Placed', '1');
  await figure(page, 'To do now', 'Unassigned', '1');
  const feed = section(page, 'Happening now').getByRole('listitem');
  expect(await feed.first().textContent()).toMatch(/^Order 1 placed.*outside the panel$/);
  expect(await isSamePage(page)).toBe(true);
});

test("the panel's own steps are told with their actor, and count for the employee", async ({ page }) => {
  const orderId = await rows.place(customerId, [{ movieId: film, quantity: 1 }]);
  await runSql("UPDATE orders SET status = 'assigned', employee_id = ? WHERE id = ?", employeeId, orderId);
  await signInAs(page, 'supervisor');
  const row = section(page, 'Employees').getByRole('row', { name: 'Zix' });
  await expect.poll(() => row.textContent()).toBe('Zix10010');
  await packOrder(database.pool, ZIX, { orderId });
  await expect.poll(() => row.textContent()).toBe('Zix01010');
  await section(page, 'Happening now')
    .getByRole('listitem')
    .filter({ hasText: `Order ${orderId} packed` })
    .filter({ hasText: 'by Zix' })
    .waitFor();
});

test('a figure leads to the rows that it counts, and back', async ({ page }) => {
  await runSql(
    'INSERT INTO orders (customer_id, placed_at) SELECT ?, UTC_TIMESTAMP(3) - INTERVAL 49 HOUR',
    customerId,
  );
  await signInAs(page, 'supervisor');
  await figure(page, 'To do now', 'Late, over 48 h', '1');
  await markPage(page);
  await section(page, 'To do now').getByRole('link', { name: 'Late, over 48 h' }).press('Enter');
  await page.getByRole('heading', { name: 'Orders', level: 1 }).waitFor();
  await expect.poll(() => page.locator('tbody tr').count()).toBe(1);
  expect(await isSamePage(page)).toBe(true);
  await page.goBack();
  await figure(page, 'To do now', 'Late, over 48 h', '1');
});

test('every count leads to a list of as many rows', async ({ page }) => {
  const sql = `INSERT INTO orders (customer_id, employee_id, status, on_hold, hold_reason, placed_at)
     SELECT ?, IF(i % 3 = 0, NULL, ?), ELT(1 + i % 5, 'placed', 'assigned', 'packed', 'cancelled', 'partially_shipped'),
       i % 4 = 0, 'because', UTC_TIMESTAMP(3) - INTERVAL i * 131 MINUTE
     FROM (WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 40) SELECT i FROM n) numbers`;
  await asLoader(database.pool, (loader) => loader.query(sql, [customerId, employeeId]));
  await signInAs(page, 'supervisor');
  await section(page, 'To do now').waitFor();
  const counts = await page.evaluate(() => {
    const figures = document.querySelectorAll(
      'main section li:has(strong), main section li:has(> b), main td',
    );
    return [...figures].map((element) => ({
      count: element.querySelector('strong, b, a span')?.textContent ?? '',
      href: element.querySelector('a')?.getAttribute('href') ?? '',
    }));
  });
  const lists = counts.filter(({ count, href }) => /^\d+$/.test(count) && /\?filters/.test(href));
  expect(lists.length).toBeGreaterThan(20);
  for (const { count, href } of lists) {
    const address = href.replace('/admin/resources/', '/admin/api/resources/').replace('?', '/actions/list?');
    const total = await page.evaluate(async (url) => (await (await fetch(url)).json()).meta.total, address);
    expect({ href, total }).toEqual({ href, total: Number(count) });
  }
});

test.describe('on a telephone', () => {
  test.override({ window: { viewport: { width: NARROW_WIDTH, height: 844 } } });

  test('nothing is wider than the screen, and the chart is a table too', async ({ page }) => {
    await signInAs(page, 'supervisor');
    await figure(page, 'Today', 'Shipments', '0');
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(NARROW_WIDTH);
    await page.getByText('As a table').click();
    await page.getByRole('table', { name: 'Orders per hour today' }).getByRole('row').nth(24).waitFor();
  });
});

test('employees keep their own home page, which follows the store too', async ({ page }) => {
  await signInAs(page, 'employee');
  await page.getByRole('heading', { name: 'Waiting for somebody' }).waitFor();
  const orderId = await rows.addOutsideOrder([]);
  await page.getByRole('link', { name: `Order ${orderId} ` }).waitFor({ timeout: 20_000 });
  await page.getByRole('img', { name: /^Orders in the last 14 days: Orders \d+$/ }).waitFor();
});
