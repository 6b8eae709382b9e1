import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { addNote } from '../../src/orders/add-note.ts';
import { assignOrder } from '../../src/orders/assign-order.ts';
import { cancelOrder } from '../../src/orders/cancel-order.ts';
import { packOrder } from '../../src/orders/pack-order.ts';
import { createBrowserTest } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { StoreRows, ZIX } from '../support/store-rows.ts';
import { type StoreSite, signInAs, startStoreSite } from '../support/store-site.ts';

const FILMS = ['Alien', 'Jaws', 'Stalker'];

let database: TestDatabase;
let site: StoreSite;
let rows: StoreRows;
let customerId: number;
let employeeId: number;
const test = createBrowserTest(() => site.origin);

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  rows = new StoreRows(database.pool);
  customerId = await rows.addCustomer('Gax');
  // Its e-mail address is that of the demo account.
  employeeId = await rows.addEmployee('Employee');
  site = await startStoreSite(database);
});

afterAll(async () => {
  await site?.stop();
  await database?.drop();
});

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const confirm = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click();
const status = (page: Page, text: string) =>
  page.locator('header').getByText(text, { exact: true }).waitFor();
const openOrder = (page: Page, id: number) => page.goto(`/admin/resources/orders/records/${id}/show`);

async function ship(page: Page, quantities: Readonly<Record<string, string>> = {}): Promise<void> {
  await press(page, 'Ship');
  for (const [title, quantity] of Object.entries(quantities))
    await page.getByLabel(`Ship now of ${title}`).fill(quantity);
  await page.getByLabel('Carrier').fill('GalEx');
  await page.getByLabel('Tracking number').fill('GX-1');
  await confirm(page, 'Ship');
}

async function packedOrder(): Promise<number> {
  const movieId = await rows.addFilm({ stock: 9 });
  const orderId = await rows.place(customerId, [{ movieId, quantity: 1 }]);
  await assignOrder(database.pool, ZIX, { orderId, employeeId });
  await packOrder(database.pool, ZIX, { orderId });
  return orderId;
}

test('an employee takes an order from the counter to the door, and one film back', async ({ page }) => {
  for (const title of FILMS) await rows.addFilm({ stock: 5, title, price: '9.99' });
  await signInAs(page, 'employee');
  await page.goto('/admin/resources/orders/actions/place');
  const films = page.getByRole('combobox', { name: 'Find a film' });
  for (const title of FILMS) {
    await films.fill(title);
    await films.press('Enter');
    await page.getByLabel(`Quantity of ${title}`).waitFor();
  }
  await page.getByRole('combobox', { name: 'Who orders' }).fill('gax');
  await page.getByRole('option', { name: 'Gax' }).click();
  await page.locator('output', { hasText: /29\.97$/ }).waitFor();
  await page.keyboard.press('Control+Enter');
  await page.waitForURL('**/orders/records/*/show');

  await press(page, 'Claim');
  await status(page, 'Assigned');
  await press(page, 'Pack');
  await status(page, 'Packed');
  await ship(page, { Stalker: '0' });
  await page.getByText(/: 2 of 3 movies shipped\.$/).waitFor();
  await status(page, 'Partially shipped');
  await ship(page);
  await status(page, 'Shipped');
  await press(page, 'Mark delivered');
  await confirm(page, 'Mark delivered');
  await status(page, 'Delivered');
  await press(page, 'Take back');
  await page.getByLabel('Comes back of Jaws').fill('1');
  await page.getByLabel('Reason').fill('Teeth');
  await confirm(page, 'Take back');

  const timeline = page.getByRole('region', { name: 'Timeline' }).locator('li > p');
  await timeline.filter({ hasText: 'Took back' }).waitFor();
  expect(await timeline.allInnerTexts()).toEqual([
    expect.stringMatching(/^Placed with 1 × Alien, 1 × Jaws, 1 × Stalker\.$/),
    'Claimed.',
    'Packed.',
    'Part shipped 1 × Alien, 1 × Jaws with GalEx, tracking number GX-1; 1 left to ship.',
    'Shipped 1 × Stalker with GalEx, tracking number GX-1.',
    'Delivered.',
    'Took back 1 × Jaws: Teeth',
  ]);
});

test("a colleague's order is named as hers before a step, and is not taken from her", async ({
  page,
  faults,
}) => {
  const holderId = await rows.addEmployee('Zorbina');
  const movieId = await rows.addFilm({ stock: 9 });
  const orderId = await rows.place(customerId, [{ movieId, quantity: 1 }]);
  await assignOrder(database.pool, ZIX, { orderId, employeeId: holderId });
  await signInAs(page, 'employee');
  await openOrder(page, orderId);
  await press(page, 'Unassign');
  await page.getByRole('dialog').getByText('Zorbina has this order.').waitFor();
  await confirm(page, 'Unassign');
  await page.getByText(`Order ${orderId} belongs to Zorbina. Only Zorbina or a supervisor`).waitFor();
  expect(faults.splice(0).filter((fault) => !/\b403\b/.test(fault))).toEqual([]);
  for (const [step, employee] of [
    ['unassign', undefined],
    ['claim', employeeId],
    ['assign', employeeId],
  ] as const) {
    const form = { input: JSON.stringify({ employeeId: employee }) };
    const path = `/admin/api/resources/orders/records/${orderId}/${step}`;
    const answer = await page.request.post(path, { form, headers: { origin: site.origin } });
    expect([step, answer.status()]).toEqual([step, step === 'claim' ? 409 : 403]);
  }
  expect(await rows.findOrder(orderId)).toMatchObject({ status: 'assigned', employee_id: holderId });
  await press(page, 'Pack');
  await page.getByRole('dialog').getByText('Zorbina has this order.').waitFor();
  await confirm(page, 'Pack');
  await page.getByText(`Order ${orderId} packed. Zorbina has it.`).waitFor();
});

test('a step with nothing to fill in is taken from the menu of its row, and one of the page leads there', async ({
  page,
}) => {
  const movieId = await rows.addFilm({ stock: 9, title: 'Menu' });
  const orderId = await rows.place(customerId, [{ movieId, quantity: 1 }]);
  await signInAs(page, 'employee');
  await page.goto('/admin/resources/orders');
  const menu = page.getByRole('button', { name: `Actions: Order ${orderId}`, exact: true });
  await menu.click();
  await press(page, 'Claim');
  await page.getByText(`Order ${orderId} is yours.`).waitFor();
  expect(await rows.findOrder(orderId)).toMatchObject({ status: 'assigned', employee_id: employeeId });
  await menu.click();
  await page.getByRole('link', { name: 'Change lines' }).click();
  await page.getByRole('dialog').getByLabel('Quantity of Menu').waitFor();
});

test('a price is locked for an employee, and a change of it is told on the page of its film', async ({
  page,
}) => {
  const movieId = await rows.addFilm({ stock: 9, title: 'Metropolis', price: '4.00' });
  const edit = `/admin/resources/movies/records/${movieId}/edit`;
  await signInAs(page, 'employee');
  await page.goto(edit);
  await page.getByText('Only a supervisor or admin can change this.').waitFor();
  expect(await page.getByLabel('Price').isEditable()).toBe(false);
  const form = { price: '0', '__was ': JSON.stringify({ price: '4.00' }) };
  const path = `/admin/api${edit.slice('/admin'.length)}`;
  const answer = await page.request.post(path, { form, headers: { origin: site.origin } });
  expect([answer.status(), (await answer.json()).message]).toEqual([
    422,
    'Price cannot be set here: ask a supervisor or admin.',
  ]);
  await page.context().clearCookies();
  await signInAs(page, 'supervisor');
  await page.goto(edit);
  await page.getByLabel('Price').fill('0');
  await press(page, 'Save');
  const changes = page.getByRole('region', { name: 'Price changes' });
  await changes.getByText(/4\.00 → .*0\.00/).waitFor();
  await changes.getByText('Mirgax Thune').waitFor();
});

test('a note that another adds appears on the open page', async ({ page }) => {
  const orderId = await packedOrder();
  await signInAs(page, 'employee');
  await openOrder(page, orderId);
  await page.getByText('Packed.', { exact: true }).waitFor();
  await addNote(database.pool, ZIX, { orderId, note: 'Mind the teeth' });
  await page.getByText('Mind the teeth').waitFor();
});

test('a film that is short is told on its line, and the basket stays', async ({ page }) => {
  const movieId = await rows.addFilm({ stock: 3, title: 'Solaris' });
  await signInAs(page, 'employee');
  await page.goto('/admin/resources/orders/actions/place');
  await page.getByRole('combobox', { name: 'Find a film' }).fill('solaris');
  await page.getByRole('option', { name: 'Solaris' }).click();
  await page.getByLabel('Quantity of Solaris').fill('3');
  await page.getByRole('combobox', { name: 'Who orders' }).fill('gax');
  await page.getByRole('option', { name: 'Gax' }).click();
  await rows.place(customerId, [{ movieId, quantity: 2 }]);
  await press(page, 'Place the order');
  await page.getByText("Only 1 of 'Solaris' is available; 3 were asked for.").waitFor();
  await page.getByText('Only 1 available', { exact: true }).waitFor();
  expect(await page.getByLabel('Quantity of Solaris').inputValue()).toBe('3');
});

test('a ship button that has gone stale is refused, and the page shows what is', async ({ page }) => {
  const orderId = await packedOrder();
  await signInAs(page, 'employee');
  await openOrder(page, orderId);
  await press(page, 'Ship');
  const other = await page.context().newPage();
  await openOrder(other, orderId);
  await ship(other);
  await status(other, 'Shipped');
  await page.getByLabel('Carrier').fill('Late Line');
  await page.getByLabel('Tracking number').fill('LL-1');
  await confirm(page, 'Ship');
  // The dialog has gone, and the page itself says why.
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByText(/is shipped: only a packed or partially shipped order can be shipped/).waitFor();
  await status(page, 'Shipped');
  expect(await page.getByRole('button', { name: 'Ship', exact: true }).count()).toBe(0);
  const [shipments] = await database.pool.query('SELECT carrier FROM shipments WHERE order_id = ?', [
    orderId,
  ]);
  expect(shipments).toEqual([{ carrier: 'GalEx' }]);
});

describe('a supervisor', () => {
  test('ships many orders with a number each: pasted, scanned, and one too few', async ({ page }) => {
    const ids = [await packedOrder(), await packedOrder(), await packedOrder(), await packedOrder()];
    await signInAs(page, 'supervisor');
    await page.goto(`/admin/resources/orders/bulk/shipMany?recordIds=${ids.join(',')}`);
    const number = (index: number) =>
      page.getByLabel(`Tracking number of Order ${ids[index]}`, { exact: true });
    await number(0).focus();
    await page.evaluate(() => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', 'GX-10\nGX-11');
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
      );
    });
    expect(await number(1).inputValue()).toBe('GX-11');
    await number(2).focus();
    await page.keyboard.type('GX-10');
    await page.keyboard.press('Enter');
    expect(await number(3).evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByLabel('Carrier').fill('Comet');
    await press(page, 'See what would happen');
    await page.getByText('1 can be done, 3 cannot').waitFor();
    await number(2).fill('GX-12');
    await press(page, 'See what would happen');
    await press(page, 'Ship 3 of 4');
    await page.getByText('3 done, 1 refused').waitFor();
    const [shipments] = await database.pool.query(
      'SELECT carrier, tracking_number AS number FROM shipments WHERE order_id IN (?) ORDER BY order_id',
      [ids],
    );
    expect(shipments).toEqual(['GX-10', 'GX-11', 'GX-12'].map((number) => ({ carrier: 'Comet', number })));
    // The carrier is remembered.
    await openOrder(page, ids[3] as number);
    await press(page, 'Ship');
    await page.getByRole('dialog').locator('option[value="Comet"]').waitFor({ state: 'attached' });
    expect(await page.getByLabel('Carrier').inputValue()).toBe('Comet');
  });

  test('assigns 50 orders of which 3 cannot be', async ({ page }) => {
    const movieId = await rows.addFilm({ stock: 60 });
    const ids: number[] = [];
    for (let index = 0; index < 50; index++)
      ids.push(await rows.place(customerId, [{ movieId, quantity: 1 }]));
    for (const id of ids.slice(10, 13)) await cancelOrder(database.pool, ZIX, { orderId: id });
    await signInAs(page, 'supervisor');
    await page.goto(`/admin/resources/orders/bulk/assignMany?recordIds=${ids.join(',')}`);
    await page.getByRole('combobox', { name: 'Employee' }).fill('empl');
    await page.getByRole('option', { name: 'Employee' }).click();
    await press(page, 'See what would happen');
    await page.getByText('47 can be done, 3 cannot').waitFor();
    await press(page, 'Assign 47 of 50');
    await page.getByText('47 done, 3 refused').waitFor();
    const [counts] = await database.pool.query(
      'SELECT status, COUNT(*) AS count FROM orders WHERE id IN (?) GROUP BY status ORDER BY status',
      [ids],
    );
    expect(counts).toEqual([
      { status: 'assigned', count: 47 },
      { status: 'cancelled', count: 3 },
    ]);
  });
});
