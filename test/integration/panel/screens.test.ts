import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { startPanel, type TestPanel } from '../../support/panel.ts';

let database: TestDatabase;
let panel: TestPanel;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  const { pool } = database;
  await pool.query(
    `INSERT INTO movies (title, release_year, runtime_minutes, genre, price, stock)
     VALUES ('Alien', 1979, 117, 'Horror', 9.99, 5), ('Aliens', 1986, 137, 'Action', 10.99, 0), ('100% Wolf', 2020, 96, 'Family', 4.5, 2)`,
  );
  await pool.query("INSERT INTO actors (name) VALUES ('Sigourney Weaver')");
  await pool.query(
    "INSERT INTO customers (name, email, species, planet, address) VALUES ('Zorg', 'z@x.example', 'a', 'b', 'c')",
  );
  await pool.query('INSERT INTO orders (customer_id) VALUES (1)');
  await pool.query(
    'INSERT INTO order_items (order_id, movie_id, quantity, unit_price) VALUES (1, 1, 1, 9.99), (1, 2, 1, 10.99), (1, 3, 2, 4.5)',
  );
  panel = await startPanel(database);
});

afterAll(async () => {
  await panel?.stop();
  await database?.drop();
});

describe('a list', () => {
  test('shows rows with their references by title', async () => {
    const { body } = await panel.as('admin').get('/resources/orders/actions/list');
    expect(body.records?.map(({ id, title }) => [id, title])).toEqual([['1', 'Order 1']]);
    expect(body.records?.[0]?.populated).toEqual({ customer_id: { id: '1', title: 'Zorg' } });
    expect(body.records?.[0]?.params.total).toBe('29.98');
  });

  test('searches in titles, in keys, and in the titles of references', async () => {
    const find = async (table: string, q: string) =>
      (await panel.as('admin').get(`/resources/${table}/actions/list?q=${encodeURIComponent(q)}`)).body
        .records?.length;
    expect(await find('movies', 'alien')).toBe(2);
    expect(await find('movies', '0% w')).toBe(1);
    expect(await find('movies', '_lien')).toBe(0);
    expect(await find('orders', 'zor')).toBe(1);
    expect(await find('orders', '1')).toBe(1);
  });
});

test('deleting one line of an order leaves the others', async () => {
  const answer = await panel.as('admin').post('/resources/order_items/records/1~2/delete');
  expect(answer.body.notice?.type).toBe('success');
  const [rows] = await database.pool.query('SELECT movie_id FROM order_items ORDER BY movie_id');
  expect(rows).toEqual([{ movie_id: 1 }, { movie_id: 3 }]);
});

describe('a form', () => {
  const edit = (fields: Record<string, string | null>) =>
    panel.as('admin').post('/resources/movies/records/1/edit', fields);

  test('writes what changed and leads to the row', async () => {
    const { body } = await edit({ price: '12.5', title: 'Alien', '__was ': '{"price":"9.99"}' });
    expect(body.notice).toEqual({ type: 'success', message: 'successfullyUpdated' });
    expect(body.redirectUrl).toBe('/admin/resources/movies/records/1/show');
    expect(body.record?.params.price).toBe('12.50');
  });

  test.each([
    ['a duplicate', { title: 'Aliens', release_year: '1986' }, 'title', /already has this title and release/],
    ['a title too long', { title: 'x'.repeat(201) }, 'title', /too long: 201 characters, at most 200 fit/],
    ['no number', { price: 'cheap' }, 'price', /must be a number/],
    ['a number out of range', { release_year: '70000' }, 'release_year', /must be between 0 and 65535/],
    ['a violated CHECK', { release_year: '1700' }, 'release_year', /do not fit together/],
    ['a stale value', { price: '1', '__was ': '{"price":"9.99"}' }, 'price', /changed meanwhile to '12.50'/],
    ['a generated column', { available: '1' }, 'available', /cannot be set here/],
    ['an unknown column', { nonsense: '1' }, 'nonsense', /cannot be set here/],
  ])('puts %s on its field and leaves the row alone', async (_name, fields, column, message) => {
    const [before] = await database.pool.query('SELECT * FROM movies WHERE id = 1');
    const { body } = await edit(fields);
    expect(body.notice?.type).toBe('error');
    expect(body.record?.errors[column]?.message).toMatch(message);
    expect((await database.pool.query('SELECT * FROM movies WHERE id = 1'))[0]).toEqual(before);
  });

  test('creates a row of a composite key and refuses a missing reference', async () => {
    const create = (fields: Record<string, string>) =>
      panel.as('admin').post('/resources/performances/actions/new', fields);
    const { body } = await create({ movie_id: '1', actor_id: '1', role: 'Ellen Ripley' });
    expect(body.redirectUrl).toBe('/admin/resources/performances/records/1~1~Ellen.20Ripley/show');
    expect(body.record?.title).toBe('Alien · Sigourney Weaver · Ellen Ripley');
    const missing = await create({ movie_id: '999', actor_id: '1', role: 'Nobody' });
    expect(missing.body.record?.errors.movie_id?.message).toMatch(/There is no such movie/);
  });
});

test('an unknown table, action or record is not found', async () => {
  const admin = panel.as('admin');
  expect((await admin.get('/resources/panel_accounts/actions/list')).status).toBe(404);
  expect((await admin.get('/resources/movies/actions/nonsense')).status).toBe(404);
  expect((await admin.get('/resources/movies/records/99/show')).body.notice?.type).toBe('error');
  expect((await admin.get('/resources/movies/bulk/bulkDelete?recordIds=99')).status).toBe(404);
});
