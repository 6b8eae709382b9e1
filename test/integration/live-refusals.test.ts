import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RowDataPacket } from '../../src/database/pool.ts';
import { openTestFeed, type TestFeed } from '../support/change-feed.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { signIn } from '../support/http-server.ts';
import { addMarker, type LiveSite, PASSWORD, startLiveSite, type TestSocket } from '../support/live-site.ts';
import { runUntold } from '../support/untold.ts';

const SCHEMA = [
  'CREATE TABLE films (id INT AUTO_INCREMENT PRIMARY KEY)',
  'CREATE TABLE wages (id INT AUTO_INCREMENT PRIMARY KEY)',
  'CREATE TABLE notes (text VARCHAR(50))',
  'CREATE TABLE names (name VARCHAR(200) CHARACTER SET utf8mb4 PRIMARY KEY)',
  'CREATE TABLE latin (code VARCHAR(20) CHARACTER SET latin1 PRIMARY KEY)',
  'CREATE VIEW film_view AS SELECT * FROM films',
];
const LONG_NAME = 'Ж'.repeat(100);

let database: TestDatabase;
let source: TestFeed;
let site: LiveSite;
let other: TestSocket;
let otherFilm: string;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  for (const statement of SCHEMA) await database.pool.query(statement);
  await database.pool.query('INSERT INTO names VALUES (?)', [LONG_NAME]);
  await database.pool.query("INSERT INTO latin VALUES ('NORTH')");
  source = await openTestFeed(database);
  site = await startLiveSite(database, source.feed, {
    configs: [{ table: 'wages', can: { list: ['admin'], show: ['admin'] } }],
    limits: { presenceRefreshMs: 50 },
  });
  other = await site.connect(await site.signIn('supervisor'));
  otherFilm = await addMarker(database, 'films');
  await other.subscribe('films');
  expect(await attend(other, `films:${otherFilm}`)).toEqual({ ok: true });
});

afterAll(async () => {
  await site.stop();
  await source.stop();
  await database.drop();
});

const ask = (socket: TestSocket, event: string, ...given: unknown[]) =>
  socket.socket.timeout(10_000).emitWithAck(event, ...given);
const attend = (socket: TestSocket, topic: unknown, mode: unknown = 'viewing') =>
  ask(socket, 'presence', { topic, mode });

let people = 0;

/** Each a session of its own, with what it may spend. */
async function connect(): Promise<TestSocket> {
  people += 1;
  return site.connect(await site.signIn('employee', `person-${people}`));
}

/** The other one is told, and who they have open is still known. */
async function expectOthersUnharmed(): Promise<void> {
  const id = await addMarker(database, 'films');
  await other.until(() => other.lines().includes(`films:${id} insert`));
  await database.pool.query('DELETE FROM panel_presence WHERE record_id = ?', [otherFilm]);
  await expect.poll(presentRecords).toContain(otherFilm);
  expect(other.socket.connected).toBe(true);
}

async function presentRecords(): Promise<string[]> {
  const [rows] = await database.pool.query<RowDataPacket[]>('SELECT record_id FROM panel_presence');
  return rows.map(({ record_id }) => record_id);
}

const NESTED = JSON.parse(`${'['.repeat(1_000)}${']'.repeat(1_000)}`);
const ODD = [null, undefined, 5, -1, true, '', [], {}, ['films'], { length: 1 }, NESTED, 'x'.repeat(2_000)];

test('a message that cannot be read is refused, whatever it holds, and harms nobody', async () => {
  const socket = await connect();
  for (const event of ['subscribe', 'unsubscribe', 'presence', 'transaction', 'snapshot', '__proto__'])
    for (const odd of ODD) {
      expect(await ask(socket, event, odd)).toMatchObject({ code: 'bad_request' });
      if (event === 'unsubscribe' && typeof odd === 'string') continue;
      expect(await ask(socket, event, { topic: odd, since: odd, mode: odd })).toMatchObject({
        code: 'bad_request',
      });
    }
  for (const since of [5, null, ['a'], 'x'.repeat(201), ''])
    expect(await ask(socket, 'subscribe', { topic: 'films', since })).toMatchObject({ code: 'bad_request' });
  // Deeper than the client itself could send.
  socket.socket.io.engine.write(`2/live,9999["subscribe",${'['.repeat(7_500)}${']'.repeat(7_500)}]`);
  expect(await ask(socket, 'subscribe')).toMatchObject({ code: 'bad_request' });
  expect(await ask(socket, 'subscribe', { topic: 'films' }, 'more')).toMatchObject({ code: 'bad_request' });
  socket.socket.emit('subscribe', { topic: 'films' });
  await expectOthersUnharmed();
});

test('only topics that can be told can be listened to', async () => {
  const socket = await connect();
  const missing = await socket.subscribe('nothing');
  const unknown = [
    'wages',
    'wages:1',
    '__proto__',
    'constructor:1',
    'panel_accounts:1',
    `films:${'9'.repeat(300)}`,
    'films:abc',
    'films:1~2',
    'films:1.2',
    'notes:1',
    'film_view:1',
  ];
  for (const topic of unknown) expect(await socket.subscribe(topic), topic).toEqual(missing);
  for (const topic of ['films:', 'films:a b', 'films:1\n', ':1'])
    expect(await socket.subscribe(topic), topic).toMatchObject({ code: 'bad_request' });
  for (const topic of ['films', 'films:1', 'notes', 'film_view', 'latin:NORTH'])
    expect(await socket.subscribe(topic), topic).toMatchObject({ ok: true });
  await expectOthersUnharmed();
});

test('only records that are there, and may be seen, can be had open', async () => {
  const socket = await connect();
  await database.pool.query('INSERT INTO wages VALUES (1)');
  const missing = await attend(socket, 'films:987654');
  expect(missing).toMatchObject({ ok: false, code: 'unknown_topic' });
  const unknown = [
    'wages:1',
    'panel_accounts:1',
    `films:${'9'.repeat(300)}`,
    `films:${'9'.repeat(250)}`,
    'films:-1',
    `films:0${otherFilm}`,
    'film_view:1',
    'notes:1',
    'latin:.E6.97.A5',
    'latin:north',
  ];
  for (const topic of unknown) expect(await attend(socket, topic), topic).toEqual(missing);
  for (const topic of ['films', '*', 'films:'])
    expect(await attend(socket, topic)).toMatchObject({ ok: false });
  expect(await attend(socket, 'latin:NORTH')).toEqual({ ok: true });
  await expectOthersUnharmed();
});

test('a connection can have twenty records open, and a session a hundred', async () => {
  const cookie = await site.signIn('employee', 'collector');
  const films = await Promise.all(Array.from({ length: 21 }, () => addMarker(database, 'films')));
  const fill = async (socket: TestSocket) => {
    const answers: unknown[] = [];
    for (const film of films.slice(0, 20)) answers.push(await attend(socket, `films:${film}`));
    return answers.filter((answer) => (answer as { ok: boolean }).ok).length;
  };
  const first = await site.connect(cookie);
  expect(await fill(first)).toBe(20);
  expect(await attend(first, `films:${films[20]}`)).toMatchObject({ ok: false, code: 'too_many_records' });
  expect(await attend(first, `films:${films[0]}`, 'editing')).toEqual({ ok: true });
  expect(await attend(first, `films:${films[0]}`, 'away')).toEqual({ ok: true });
  expect(await attend(first, `films:${films[20]}`)).toEqual({ ok: true });
  // What one session may spend in ten seconds is spent by now.
  expect(await attend(await connect(), `films:${films[20]}`)).toEqual({ ok: true });
  await expectOthersUnharmed();
});

test('a record whose id is longer than the table of presence takes cannot be had open', async () => {
  const socket = await connect();
  const id = '.D0.96'.repeat(100);
  expect(await socket.subscribe(`names:${id}`)).toMatchObject({ ok: true });
  expect(await attend(socket, `names:${id}`)).toMatchObject({ ok: false, code: 'unknown_topic' });
  await expectOthersUnharmed();
});

test('requests that come without end are refused at once, and cost others nothing', async () => {
  const socket = await connect();
  const answers = await Promise.all(
    Array.from({ length: 2_000 }, () => attend(socket, `films:${otherFilm}`)),
  );
  const refused = answers.filter(({ ok }) => !ok);
  expect(new Set(refused.map(({ code }) => code))).toEqual(new Set(['too_many_requests']));
  expect(refused.length).toBeGreaterThanOrEqual(1_800);
  await expectOthersUnharmed();
});

test('presence that changes untold is read anew, for all open records in one query a second', async () => {
  const socket = await site.connect(await signIn(site.http, 'supervisor@live.example', PASSWORD));
  expect(await attend(socket, `films:${otherFilm}`)).toEqual({ ok: true });
  await runUntold(
    database,
    `INSERT INTO panel_presence SET node_id = 'elsewhere', socket_id = 'x', table_name = 'films', record_id = ?,
       account_id = 99, account_name = 'Ghost', account_role = 'employee', mode = 'viewing'`,
    [otherFilm],
  );
  await socket.until(() => JSON.stringify(socket.told).includes('Ghost'));
});
