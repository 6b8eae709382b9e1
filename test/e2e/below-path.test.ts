import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import { createBrowserTest } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createHttpProxy, type HttpProxy } from '../support/http-proxy.ts';
import { StoreRows } from '../support/store-rows.ts';
import { type StoreSite, signInAs, startStoreSite } from '../support/store-site.ts';

const BASE_PATH = '/store';

let database: TestDatabase;
let proxy: HttpProxy;
let site: StoreSite;
let rows: StoreRows;
let film: number;
let order: number;
const test = createBrowserTest(() => proxy.origin);

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  rows = new StoreRows(database.pool);
  film = await rows.addFilm({ title: 'Alien', stock: 9 });
  await rows.addEmployee('Employee');
  order = await rows.place(await rows.addCustomer('Gax'), [{ movieId: film, quantity: 1 }]);
  proxy = await createHttpProxy(() => Number(new URL(site.origin).port));
  site = await startStoreSite(database, {
    PUBLIC_URL: `${proxy.origin}${BASE_PATH}`,
    TRUST_PROXY: 'loopback',
  });
});

afterAll(async () => {
  await proxy?.stop();
  await site?.stop();
  await database?.drop();
});

// The browser asks for its icon where a page names none, as its own pages for JSON do.
const strays = () => proxy.paths.filter((path) => !/^\/store(\/|\?|$)/.test(path) && path !== '/favicon.ico');

test('an employee signs in, opens a list, takes an order step, prints a slip and signs out', async ({
  page,
}) => {
  const context = page.context();
  await page.goto(`${BASE_PATH}/admin/resources/movies`);
  await signInAs(page, 'employee', BASE_PATH);
  expect(new URL(page.url()).pathname).toBe('/store/admin/resources/movies');
  await page.getByText('Live', { exact: true }).waitFor();
  await database.pool.query('UPDATE movies SET title = ? WHERE id = ?', ['Aliens', film]);
  await page.getByRole('link', { name: 'Aliens' }).click();
  await page.getByRole('heading', { name: 'Aliens' }).waitFor();
  const cookies = await context.cookies();
  // The session's, and the one by which signing in knows the device again.
  expect(cookies.map(({ path }) => path).sort()).toEqual([BASE_PATH, `${BASE_PATH}/admin/login`]);

  await page.goto(`${BASE_PATH}/admin`);
  await page
    .getByRole('link', { name: `Order ${order}` })
    .first()
    .click();
  for (const [step, status] of [
    ['Claim', 'Assigned'],
    ['Pack', 'Packed'],
  ] as const) {
    await page.getByRole('button', { name: step, exact: true }).click();
    await page.locator('header').getByText(status, { exact: true }).waitFor();
  }
  const slip = context.waitForEvent('page');
  await page.getByRole('link', { name: 'Packing slip' }).click();
  const paper = await slip;
  await paper.getByRole('heading', { name: `Packing slip for order ${order}` }).waitFor();
  expect(
    await paper.getByRole('img').evaluate((image: HTMLImageElement) => image.naturalWidth),
  ).toBeGreaterThan(0);
  await page.goto(`${BASE_PATH}/admin/logout`);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL('**/store/admin/login');
  expect(strays()).toEqual([]);
});

test('a supervisor follows the figures of the home page into a list, and an admin links a wallboard', async ({
  page,
  browser,
}) => {
  await signInAs(page, 'supervisor', BASE_PATH);
  expect(new URL(page.url()).pathname).toBe('/store/admin');
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Show all' }).first().click();
  await page.waitForURL('**/store/admin/resources/orders?**');
  await page.getByRole('table').getByText('Gax').waitFor();
  await page.context().clearCookies();

  await signInAs(page, 'admin', BASE_PATH);
  await page.goto(`${BASE_PATH}/admin/resources/panel_displays/actions/link`);
  await page.getByLabel('Name of the screen').fill('Hall');
  await page.getByRole('button', { name: 'Make the link' }).click();
  const address = await page.getByLabel('Address of the display').inputValue();
  expect(address).toMatch(new RegExp(`^${proxy.origin}/store/live-board\\?key=`));
  const screen = await browser.newPage();
  onTestFinished(() => screen.close());
  await screen.goto(address);
  expect(screen.url()).toBe(`${proxy.origin}/store/live-board`);
  await screen.getByText('Live', { exact: true }).waitFor();
  const lowStock = screen
    .getByRole('list', { name: 'Today' })
    .getByRole('listitem')
    .filter({ hasText: 'Low stock' });
  await lowStock.getByText('0', { exact: true }).waitFor();
  await database.pool.query('UPDATE movies SET stock = 2 WHERE id = ?', [film]);
  await lowStock.getByText('1', { exact: true }).waitFor();
  expect(strays()).toEqual([]);
});

test('health is answered below the path, and without it to those who ask the program itself', async ({
  page,
}) => {
  for (const url of [`${proxy.origin}${BASE_PATH}/healthz`, `${site.origin}/healthz`])
    expect((await page.request.get(url)).status()).toBe(200);
  expect((await page.request.get(`${BASE_PATH}`, { maxRedirects: 0 })).headers().location).toBe(
    '/store/admin',
  );
});

test('a proxy that strips the path leads to the same pages, files, answers and sockets', async ({ page }) => {
  proxy.strip(BASE_PATH);
  await page.goto(`${BASE_PATH}/admin/resources/movies`);
  await signInAs(page, 'employee', BASE_PATH);
  expect(new URL(page.url()).pathname).toBe('/store/admin/resources/movies');
  await page.getByText('Live', { exact: true }).waitFor();
  await database.pool.query('UPDATE movies SET title = ? WHERE id = ?', ['Alien 3', film]);
  await page.getByRole('link', { name: 'Alien 3' }).click();
  await page.getByRole('heading', { name: 'Alien 3' }).waitFor();
  expect(strays()).toEqual([]);
});
