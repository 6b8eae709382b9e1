import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { seedStore } from '../../src/seed/seed-store.ts';
import { findBarriers } from '../support/accessibility.ts';
import { createBrowserTest } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type StoreSite, signInAs, startStoreSite } from '../support/store-site.ts';

let database: TestDatabase;
let site: StoreSite;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  await seedStore(database.pool, { orders: 300, now: new Date('2026-11-22T12:00:00Z') });
  site = await startStoreSite(database);
});

afterAll(async () => {
  await site?.stop();
  await database?.drop();
});

const test = createBrowserTest(() => site.origin);

const TABLES = [
  'orders',
  'order_items',
  'shipments',
  'movies',
  'actors',
  'performances',
  'customers',
  'employees',
];

// What goes wrong in the page (console errors, other hosts, 4xx and 5xx) fails the test: see browser.ts.
describe.each([
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
])('a window of $width pixels', (viewport) => {
  test.override({ window: { viewport } });

  test.for(['employee', 'supervisor', 'admin'] as const)(
    'shows every screen that a %s may open',
    async (role, { page }) => {
      await signInAs(page, role);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      // Of all roles, admins see the most of each screen.
      const look = role === 'admin' ? expectNoBarriers : async () => undefined;
      await look(page);
      for (const table of TABLES) {
        await page.goto(`/admin/resources/${table}`);
        await page.locator('main, [data-css$="-list"]').first().waitFor();
        await page.waitForLoadState('networkidle');
        await look(page);
        const hrefs = page.locator(`a[href*="/admin/resources/${table}/records/"][href$="/show"]`);
        const href = await hrefs.first().getAttribute('href');
        await page.goto(String(href));
        await page.waitForLoadState('networkidle');
        await look(page);
        const edit = page.getByRole('link', { name: 'Edit', exact: true }).first();
        if (await edit.isVisible()) {
          await edit.click();
          await page.waitForURL(/\/edit$/);
          await page.waitForLoadState('networkidle');
          await look(page);
        }
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(overflow, `${table} is wider than the window`).toBeLessThanOrEqual(0);
      }
    },
  );

  test('has no barriers on the pages around the tables', async ({ page }) => {
    await page.goto('/admin/login');
    await expectNoBarriers(page);
    await signInAs(page, 'employee');
    for (const address of [
      '/admin',
      '/admin/resources/orders/actions/place',
      '/admin/resources/movies/records/999999/show',
    ]) {
      await page.goto(address);
      await page.waitForLoadState('networkidle');
      await expectNoBarriers(page);
    }
    await page.goto('/admin/documents/orders/pick_list?ids=290,291,292');
    await expectNoBarriers(page);
  });

  test('has no barriers on the wallboard', async ({ page }) => {
    await signInAs(page, 'supervisor');
    await page.goto('/live-board');
    await page.getByRole('heading', { name: 'Happening now' }).waitFor();
    await expectNoBarriers(page);
  });
});

async function expectNoBarriers(page: Page): Promise<void> {
  expect(await findBarriers(page), `barriers on ${page.url()}`).toEqual([]);
}
