import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RowDataPacket } from '../../src/database/pool.ts';
import type { ReadContext } from '../../src/resources/panel-context.ts';
import { openTestFeed, type TestFeed } from '../support/change-feed.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addMarker, type LiveSite, startLiveSite } from '../support/live-site.ts';
import { runUntold } from '../support/untold.ts';

let database: TestDatabase;
let source: TestFeed;
let site: LiveSite;
let cookie: string;
let reads = 0;

const countFilms = async ({ figure }: ReadContext) => {
  reads++;
  const films = await figure(async (db) => {
    const [rows] = await db.query<RowDataPacket[]>('SELECT COUNT(*) AS films FROM films');
    return rows[0]?.films;
  });
  return { films };
};

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  await database.pool.query('CREATE TABLE films (id INT AUTO_INCREMENT PRIMARY KEY)');
  source = await openTestFeed(database);
  const read = async () => {
    throw new Error('the secret inside');
  };
  site = await startLiveSite(database, source.feed, {
    snapshots: {
      films: { roles: ['employee'], read: countFilms },
      broken: { roles: ['employee'], read },
      secret: { roles: ['admin'], read: countFilms },
    },
  });
  cookie = await site.signIn('employee');
});

afterAll(async () => {
  await site.stop();
  await source.stop();
  await database.drop();
});

async function get(name: string, headers: Record<string, string> = { cookie }) {
  const response = await site.http.request(`/admin/live/snapshots/${name}`, {
    headers: { accept: 'application/json', ...headers },
  });
  return { status: response.status, body: await response.json() };
}

test('a snapshot and its cursor: whoever listens from there misses nothing and hears nothing twice', async () => {
  const socket = await site.connect(cookie);
  await addMarker(database, 'films');
  const { status, body } = await get('films');
  expect({ status, data: body.data }).toEqual({ status: 200, data: { films: 1 } });
  const id = await addMarker(database, 'films');
  await socket.subscribe('films', body.cursor);
  await socket.until(() => socket.lines().length > 0);
  expect(socket.lines()).toEqual([`films:${id} insert`]);
});

test('is shared by those who ask at the same time, and read anew where rows changed untold', async () => {
  await database.pool.query('TRUNCATE TABLE films');
  await source.settle();
  reads = 0;
  const answers = await Promise.all(Array.from({ length: 20 }, () => get('films')));
  expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  expect(reads).toBe(1);
  await database.pool.query('TRUNCATE TABLE films');
  await source.settle();
  expect(await get('films')).toMatchObject({ status: 200, body: { data: { films: 0 } } });
  expect(reads).toBe(2);
});

test('is read once a second at most, whatever changes untold, and never older than what is asked for', async () => {
  const beginMs = performance.now();
  reads = 0;
  for (let hole = 1; hole <= 4; hole++) {
    await database.pool.query('INSERT INTO films () VALUES ()');
    await runUntold(database, 'UPDATE films SET id = -id WHERE id > 0');
    await source.settle();
    const answers = await Promise.all([get('films'), get('films'), get('films')]);
    for (const { body } of answers) expect(body.data).toEqual({ films: hole });
  }
  expect(reads).toBeLessThanOrEqual(1 + (performance.now() - beginMs) / 1_000);
});

test('a session that asks without end is refused, and the database asked no more often', async () => {
  const other = await site.signIn('employee', 'insistent');
  reads = 0;
  const beginMs = performance.now();
  const answers = await Promise.all(Array.from({ length: 1_000 }, () => get('films', { cookie: other })));
  const refused = answers.filter(({ status }) => status !== 200);
  expect(refused[0]).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
  expect(refused).toHaveLength(800);
  expect(reads).toBeLessThanOrEqual(1 + (performance.now() - beginMs) / 1_000);
  expect(await get('films')).toMatchObject({ status: 200 });
});

test('is given to its roles alone, and nobody learns what there is for others', async () => {
  const missing = await get('nothing');
  expect(missing.status).toBe(404);
  expect(await get('secret')).toEqual(missing);
  expect(await get('constructor')).toEqual(missing);
  expect(await get('films', {})).toMatchObject({ status: 401, body: { code: 'signed_out' } });
});

test('one that fails is a fault, told without its cause, and is tried again', async () => {
  const answer = await get('broken');
  expect(answer.status).toBe(500);
  expect(JSON.stringify(answer.body)).not.toContain('secret');
  expect(site.http.log()).toContain('the secret inside');
  expect((await get('broken')).status).toBe(500);
});
