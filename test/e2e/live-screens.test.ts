import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect } from 'vitest';
import type { ResultSetHeader } from '../../src/database/pool.ts';
import type { Role } from '../../src/resources/define.ts';
import { createBrowserTest } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type StoreSite, signInAs, startStoreSite } from '../support/store-site.ts';

const MOVIES = '/admin/resources/movies';

let database: TestDatabase;
let site: StoreSite;
const test = createBrowserTest(() => site.origin);

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  site = await startStoreSite(database);
});

let round = 0;
let genre: string;
/** One with nine copies, whose movements are never deleted, and one without. */
let alien: number;
let aliens: number;

beforeEach(async () => {
  round += 1;
  genre = `Horror ${round}`;
  alien = await addMovie(`Alien ${round}`, 9);
  aliens = await addMovie(`Stalker ${round}`, 0);
});

async function addMovie(title: string, stock: number): Promise<number> {
  const movie = { title, release_year: 1979, runtime_minutes: 117, genre, price: 9.99, stock };
  const [result] = await database.pool.query<ResultSetHeader>('INSERT INTO movies SET ?', [movie]);
  return result.insertId;
}

afterAll(async () => {
  await site?.stop();
  await database?.drop();
});

/** Writes as a SQL client would, past the panel. */
const sql = (text: string) => database.pool.query<ResultSetHeader>(text);
const findMovie = async (id: number) =>
  ((await database.pool.query('SELECT * FROM movies WHERE id = ?', [id]))[0] as object[])[0];
const listOf = (wanted: string) => `${MOVIES}?${new URLSearchParams({ 'filters.genre': wanted })}`;
const row = (page: Page, title: string) => page.getByRole('row').filter({ hasText: title });
const field = (page: Page, label: string) => page.getByLabel(label);
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();

/** Opens a page as somebody, and waits until it is told of changes. */
async function open(page: Page, role: Role, address: string): Promise<void> {
  await signInAs(page, role);
  const isTold = page.waitForEvent('websocket').then((socket) =>
    socket.waitForEvent('framereceived', {
      predicate: ({ payload }) => /^43.*"mode":"live"/.test(String(payload)),
    }),
  );
  await page.goto(address);
  await isTold;
}

async function openOther(browser: Browser, role: Role, address: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: site.origin });
  const page = await context.newPage();
  await open(page, role, address);
  return page;
}

describe('an open list', () => {
  test('shows a plain UPDATE where the value stands, and nothing jumps', async ({ page }) => {
    await open(page, 'employee', `${listOf(genre)}&sortBy=stock&direction=desc`);
    await row(page, 'Alien').getByText('9', { exact: true }).waitFor();
    await sql(`UPDATE movies SET low_stock_threshold = 0, stock = stock - 9 WHERE id = ${alien}`);
    await sql(`UPDATE movies SET stock = stock + 2 WHERE id = ${aliens}`);
    const cell = row(page, 'Stalker').getByRole('cell', { name: '2', exact: true });
    await cell.waitFor();
    expect(await cell.locator('.changed').count()).toBe(1);
    await row(page, 'Alien').getByRole('cell', { name: '0', exact: true }).waitFor();
    expect(await page.locator('td a.title:visible').allTextContents()).toEqual([
      `Alien ${round}`,
      `Stalker ${round}`,
    ]);
  });

  test('announces rows that come to belong to it, and fetches them when asked', async ({ page }) => {
    await open(page, 'employee', listOf(genre));
    await row(page, 'Alien').waitFor();
    await addMovie('The Thing', 0);
    await sql(
      "INSERT INTO movies (title, release_year, runtime_minutes, genre, price) VALUES ('Solaris', 1972, 167, 'Drama', 5)",
    );
    await page.getByRole('button', { name: '1 new movie', exact: true }).waitFor();
    expect(await row(page, 'The Thing').count()).toBe(0);
    await sql(`UPDATE movies SET genre = '${genre}' WHERE title = 'Solaris'`);
    const pill = page.getByRole('button', { name: '2 new movies', exact: true });
    await pill.click();
    await row(page, 'The Thing').waitFor();
    await row(page, 'Solaris').waitFor();
    await pill.waitFor({ state: 'detached' });
  });

  test('marks rows that have gone, or that it would not find any more', async ({ page }) => {
    await open(page, 'employee', listOf(genre));
    await row(page, 'Alien').waitFor();
    await sql(`UPDATE movies SET genre = 'Drama' WHERE id = ${alien}`);
    await row(page, 'Alien').getByText('No longer matches').waitFor();
    await sql(`DELETE FROM movies WHERE id = ${aliens}`);
    await row(page, 'Stalker').getByText('Deleted outside the panel').waitFor();
    expect(await page.locator('tbody tr').count()).toBe(2);
  });
});

describe('an open record', () => {
  test('shows a plain UPDATE, and the movement that it made', async ({ page }) => {
    await open(page, 'employee', `${MOVIES}/records/${alien}/show`);
    await sql(`UPDATE movies SET stock = stock - 1 WHERE id = ${alien}`);
    await page.locator('dt:text-is("On the shelf") + dd').getByText('8', { exact: true }).waitFor();
    await page.getByRole('cell', { name: '−1' }).waitFor();
  });

  test('says by whom it was deleted', async ({ page, browser }) => {
    await sql("INSERT INTO actors (id, name) VALUES (1, 'John Hurt')");
    await open(page, 'employee', '/admin/resources/actors/records/1/show');
    await sql("UPDATE actors SET name = 'Sir John Hurt' WHERE id = 1");
    await page.getByRole('heading', { name: 'Sir John Hurt' }).waitFor();
    const other = await openOther(browser, 'supervisor', '/admin/resources/actors/records/1/show');
    await other.getByRole('button', { name: 'Delete' }).click();
    await other.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText(/has been deleted by Mirgax Thune/).waitFor();
    await other.context().close();
  });
});

describe('a form', () => {
  const edit = () => `${MOVIES}/records/${aliens}/edit`;

  test('takes what others write into fields that were not touched', async ({ page }) => {
    await open(page, 'employee', edit());
    await field(page, 'Genre').fill('Science fiction');
    await sql(`UPDATE movies SET price = 12.5 WHERE id = ${aliens}`);
    await expect.poll(() => field(page, 'Price').inputValue()).toBe('12.50');
    await save(page);
    await page.waitForURL('**/show');
    expect(await findMovie(aliens)).toMatchObject({ genre: 'Science fiction', price: '12.50' });
  });

  test('asks whose value to keep, and keeps mine without losing the rest', async ({ page, browser }) => {
    await open(page, 'admin', edit());
    await field(page, 'Price').fill('20');
    const other = await openOther(browser, 'supervisor', edit());
    await field(other, 'Price').fill('15');
    await field(other, 'Genre').fill('Science fiction');
    await save(other);
    await other.waitForURL('**/show');
    await page.getByText(/Price was changed to .*15\.00 by Mirgax Thune while you were editing/).waitFor();
    await save(page);
    await page.getByText('decide first which value to keep of Price').waitFor();
    expect(await findMovie(aliens)).toMatchObject({ price: '15.00' });
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await save(page);
    await page.waitForURL('**/show');
    expect(await findMovie(aliens)).toMatchObject({ price: '20.00', genre: 'Science fiction' });
    await other.context().close();
  });

  test('asks whose value to keep, and takes theirs', async ({ page }) => {
    await open(page, 'admin', edit());
    await field(page, 'Price').fill('20');
    await field(page, 'Genre').fill('Science fiction');
    await sql(`UPDATE movies SET price = 15 WHERE id = ${aliens}`);
    await page.getByText(/Price was changed to .*15\.00 outside the panel while you were editing/).waitFor();
    await page.getByRole('button', { name: 'Take theirs' }).click();
    expect(await field(page, 'Price').inputValue()).toBe('15.00');
    await save(page);
    await page.waitForURL('**/show');
    expect(await findMovie(aliens)).toMatchObject({ price: '15.00', genre: 'Science fiction' });
  });

  test('of a row that is deleted says so, and what was typed stays', async ({ page }) => {
    await open(page, 'employee', edit());
    await field(page, 'Genre').fill('Science fiction');
    await sql(`DELETE FROM movies WHERE id = ${aliens}`);
    await page.getByText('This was deleted outside the panel while you were editing').waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    expect(await field(page, 'Genre').inputValue()).toBe('Science fiction');
    page.on('dialog', (dialog) => dialog.accept());
    await page.goto(MOVIES);
  });
});

test('who else has a record open is seen, and whether they edit it', async ({ page, browser }) => {
  const address = `${MOVIES}/records/${alien}/show`;
  await open(page, 'supervisor', address);
  const other = await openOther(browser, 'employee', address);
  await page.getByText('Zib Quorl has this open').waitFor();
  await other.getByText('Mirgax Thune has this open').waitFor();
  await other.getByText('Edit', { exact: true }).first().click();
  await page.getByText('Zib Quorl is editing this').waitFor();
  await other.context().close();
  await page.getByText(/Zib Quorl/).waitFor({ state: 'detached' });
});
