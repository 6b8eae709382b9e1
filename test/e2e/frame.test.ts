import { afterAll, beforeAll, describe, expect } from 'vitest';
import { createBrowserTest } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type StoreSite, signInAs, startStoreSite } from '../support/store-site.ts';

let database: TestDatabase;
let site: StoreSite;
const test = createBrowserTest(() => site.origin);

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  site = await startStoreSite(database);
});

afterAll(async () => {
  await site?.stop();
  await database?.drop();
});

describe('the navigation', () => {
  test.for(['supervisor', 'admin'] as const)('leads a %s to the wallboard', async (role, { page }) => {
    await signInAs(page, role);
    const opened = page.waitForEvent('popup');
    await page.getByRole('link', { name: 'Wallboard' }).click();
    const board = await opened;
    await board.getByRole('heading', { name: "Today's orders" }).waitFor();
    expect(new URL(board.url()).pathname).toBe('/live-board');
  });

  test('leaves the wallboard out for an employee, who may not see it', async ({ page }) => {
    await signInAs(page, 'employee');
    await page.getByRole('link', { name: 'Orders', exact: true }).waitFor();
    expect(await page.getByRole('link', { name: 'Wallboard' }).count()).toBe(0);
  });

  test('is passed over by the first stop of the Tab key', async ({ page }) => {
    await signInAs(page, 'employee');
    await page.goto('/admin/resources/movies');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const focused = page.locator(':focus');
    expect(await focused.evaluate((element) => element.tagName)).toBe('MAIN');
    expect(new URL(page.url()).hash).toBe('');
  });
});

describe("an employee's home page", () => {
  test('begins with the orders', async ({ page }) => {
    await signInAs(page, 'employee');
    const orders = page.getByRole('heading', { name: 'Waiting for somebody' });
    const figures = page.getByText('Orders today', { exact: true });
    await Promise.all([orders.waitFor(), figures.waitFor()]);
    const [first, then] = [await orders.boundingBox(), await figures.boundingBox()];
    expect(first?.y).toBeLessThan(then?.y ?? 0);
  });
});

describe('an address', () => {
  test.for([
    ['a step of others', '/admin/resources/movies/actions/new'],
    ['a step of others with one row', '/admin/resources/employees/records/1/edit'],
  ] as const)('of %s is answered with what is forbidden', async ([, address], { page, faults }) => {
    await signInAs(page, 'employee');
    const answer = await page.goto(address);
    expect(answer?.status()).toBe(403);
    await page.getByRole('heading', { name: 'Not yours to open' }).waitFor();
    faults.length = 0;
  });

  test.for(['nothing', 'panel_displays'])(
    'of a table that is not there, or only for others, says just that',
    async (table, { page, faults }) => {
      await signInAs(page, 'employee');
      const answer = await page.goto(`/admin/resources/${table}`);
      expect(answer?.status()).toBe(404);
      await page.getByText('There is nothing at this address, or it is not yours to see.').waitFor();
      faults.length = 0;
    },
  );

  test.for(['movies/records/999999/show', 'orders/records/999999/show', 'customers/records/x/edit'])(
    'of a row that is not there says so once, and leads back to the list: %s',
    async (address, { page }) => {
      await signInAs(page, 'employee');
      await page.goto(`/admin/resources/${address}`);
      await page.getByText('Nothing at this address').waitFor();
      await page.waitForLoadState('networkidle');
      expect(await page.getByText(/not there/).count()).toBe(1);
      const table = address.replace(/\/.*/, '');
      await page.getByRole('link', { name: `Back to ${table}` }).click();
      await page.waitForURL(`**/admin/resources/${table}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.getByRole('link', { name: /^Back to/ }).count()).toBe(0);
    },
  );
});
