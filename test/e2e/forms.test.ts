import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { createBrowserTest } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type StoreSite, signInAs, startStoreSite } from '../support/store-site.ts';

let database: TestDatabase;
let site: StoreSite;
const test = createBrowserTest(() => site.origin);

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  await database.pool.query(
    `INSERT INTO movies (title, release_year, runtime_minutes, genre, price)
     VALUES ('Alien', 1979, 117, 'Horror', 9.99), ('Aliens', 1986, 137, 'Action', 10.99), ('Stalker', 1979, 162, 'Drama', 8)`,
  );
  await database.pool.query(
    "INSERT INTO actors (name) VALUES ('Sigourney Weaver'), ('Yaphet Kotto'), ('Tom Skerritt')",
  );
  site = await startStoreSite(database);
});

afterAll(async () => {
  await site?.stop();
  await database?.drop();
});

const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click();
const select = async (sql: string) => (await database.pool.query(sql))[0];
const findMovie = (id: number) => select(`SELECT * FROM movies WHERE id = ${id}`);

/** Types into a reference and takes the choice of this name. */
async function choose(page: Page, label: string, text: string, title: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).fill(text);
  await page.getByRole('option', { name: title }).click();
}

async function expectError(field: Locator, message: RegExp): Promise<void> {
  await field.and(field.page().locator('[aria-invalid="true"]')).waitFor();
  const describe = async () => {
    const ids = (await field.getAttribute('aria-describedby')) ?? '';
    const texts = ids.split(' ').map((id) => field.page().locator(`[id="${id}"]`).textContent());
    return (await Promise.all(texts)).join(' ');
  };
  await expect.poll(describe).toMatch(message);
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
}

test('a supervisor finds a film by part of its title, opens it, edits its price and sees the new one', async ({
  page,
}) => {
  await signInAs(page, 'supervisor');
  await page.goto('/admin/resources/movies');
  await page.locator('input[type=search]').fill('stalk');
  await page.getByRole('link', { name: 'Aliens' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Stalker' }).click();
  await page.getByText('Edit', { exact: true }).first().click();
  await page.getByLabel('Price').fill('12.5');
  await save(page);
  await page.getByText('₲ 12.50', { exact: true }).waitFor();
  expect(await findMovie(3)).toMatchObject([{ title: 'Stalker', price: '12.50' }]);
});

test('an employee adds an actor to the cast of a film', async ({ page }) => {
  await signInAs(page, 'employee');
  await page.goto('/admin/resources/performances/actions/new?movie_id=1');
  await expect.poll(() => page.getByRole('combobox', { name: 'Movie' }).inputValue()).toBe('Alien');
  await choose(page, 'Actor', 'weav', 'Sigourney Weaver');
  await page.getByLabel('Role').fill('Ellen Ripley');
  await page.keyboard.press('Control+Enter');
  await page.waitForURL('**/records/1~1~Ellen.20Ripley/show');
  expect(await select('SELECT * FROM performances')).toEqual([
    { movie_id: 1, actor_id: 1, role: 'Ellen Ripley' },
  ]);
});

describe('a wrong value is told on its field, and the row stays as it was', () => {
  const edit = async (page: Page, changes: Readonly<Record<string, string>>) => {
    const before = await findMovie(2);
    await signInAs(page, 'employee');
    await page.goto('/admin/resources/movies/records/2/edit');
    for (const [label, value] of Object.entries(changes)) await page.getByLabel(label).fill(value);
    await save(page);
    return before;
  };

  test('a duplicate', async ({ page }) => {
    const before = await edit(page, { Title: 'Alien', Year: '1979', Genre: 'Noir' });
    await expectError(page.getByLabel('Title'), /already a movie of this title and year/);
    expect(await page.getByLabel('Genre').inputValue()).toBe('Noir');
    expect(await findMovie(2)).toEqual(before);
  });

  test('a title that is too long', async ({ page }) => {
    const before = await edit(page, { Title: 'x'.repeat(201) });
    await expectError(page.getByLabel('Title'), /too long: 201 characters, at most 200 fit/);
    expect(await page.getByLabel('Title').inputValue()).toBe('x'.repeat(201));
    expect(await findMovie(2)).toEqual(before);
  });

  test('a reference to a row that has gone', async ({ page }) => {
    await signInAs(page, 'employee');
    await page.goto('/admin/resources/performances/actions/new');
    await choose(page, 'Movie', 'aliens', 'Aliens');
    await choose(page, 'Actor', 'kotto', 'Yaphet Kotto');
    await page.getByLabel('Role').fill('Nobody');
    await database.pool.query("DELETE FROM actors WHERE name = 'Yaphet Kotto'");
    await save(page);
    await expectError(page.getByRole('combobox', { name: 'Actor' }), /There is no such actor/);
    expect(await select("SELECT * FROM performances WHERE role = 'Nobody'")).toEqual([]);
  });
});
