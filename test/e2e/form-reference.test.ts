import { afterAll, beforeAll, expect } from 'vitest';
import { buildBundle } from '../../src/panel/build-bundle.ts';
import { createBrowserTest, cutOff } from '../support/browser.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startPanel, type TestPanel } from '../support/panel.ts';

let database: TestDatabase;
let panel: TestPanel;
const test = createBrowserTest(() => panel.http.origin);

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  await database.pool.query(
    "INSERT INTO movies (title, release_year, runtime_minutes, genre, price) VALUES ('Alien', 1979, 117, 'Horror', 9.99)",
  );
  await database.pool.query("INSERT INTO actors (name) VALUES ('Sigourney Weaver')");
  await database.pool.query("INSERT INTO performances VALUES (1, 1, 'Ripley')");
  await buildBundle();
  const isEditable = { list: true, show: true, create: true, edit: true } as const;
  panel = await startPanel(database, [
    { table: 'performances', can: isEditable },
    { table: 'movies', can: { show: true } },
    { table: 'actors', can: isEditable },
  ]);
});

afterAll(async () => {
  await panel?.stop();
  await database?.drop();
});

test('a reference into a table that may not be searched is shown and stays as it is', async ({ page }) => {
  const [name = '', value = ''] = panel.as('employee').cookie.split('=');
  await cutOff(page);
  await page.context().addCookies([{ name, value, url: panel.http.origin }]);
  await page.goto('/admin/resources/performances/records/1~1~Ripley/edit');
  const movie = page.getByLabel('Movie');
  expect(await movie.isDisabled()).toBe(true);
  expect(await movie.inputValue()).toBe('Alien');
  await page.getByLabel('Role').fill('Ellen Ripley');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.waitForURL('**/show');
  const [rows] = await database.pool.query('SELECT * FROM performances');
  expect(rows).toEqual([{ movie_id: 1, actor_id: 1, role: 'Ellen Ripley' }]);
});
