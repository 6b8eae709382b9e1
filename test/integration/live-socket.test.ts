import { io } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { recordActivity } from '../../src/database/activity.ts';
import { type ResultSetHeader, transaction } from '../../src/database/pool.ts';
import { openTestFeed, type TestFeed } from '../support/change-feed.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { signIn } from '../support/http-server.ts';
import { addMarker, type LiveSite, PASSWORD, startLiveSite, type TestSocket } from '../support/live-site.ts';
import { createOtherFeed } from '../support/other-feed.ts';

const SCHEMA = [
  'CREATE TABLE films (id INT AUTO_INCREMENT PRIMARY KEY, title VARCHAR(50) NULL, cost DECIMAL(8,2) NULL)',
  'CREATE TABLE wages (id INT AUTO_INCREMENT PRIMARY KEY, amount INT NULL)',
  `CREATE TABLE copies (id INT AUTO_INCREMENT PRIMARY KEY, film_id INT NULL,
     FOREIGN KEY (film_id) REFERENCES films (id) ON DELETE CASCADE)`,
];
const CONFIGS = [
  { table: 'films', columns: { cost: { read: ['supervisor', 'admin'] as const } } },
  { table: 'wages', can: { list: ['admin'] as const, show: ['admin'] as const } },
];

let database: TestDatabase;
let source: TestFeed;
let site: LiveSite;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  for (const statement of SCHEMA) await database.pool.query(statement);
  source = await openTestFeed(database);
  site = await startLiveSite(database, source.feed, { configs: CONFIGS });
  for (const role of ['employee', 'admin'] as const) cookies[role] = await site.signIn(role);
});

afterAll(async () => {
  await site.stop();
  await source.stop();
  await database.drop();
});

const run = (sql: string, parameters: unknown[] = []) => database.pool.query(sql, parameters);

/** Every socket of these has been told of everything that was committed before. */
async function settle(...sockets: TestSocket[]): Promise<void> {
  const id = await addMarker(database, 'films');
  for (const socket of sockets)
    await socket.until(() => socket.lines().some((line) => line.endsWith(`films:${id} insert`)));
}

describe('the handshake', () => {
  const connectError = (cookie: string, options = {}) =>
    site.connect(cookie, options).then(
      () => 'connected',
      (error: Error & { data?: { code: string } }) => error.data?.code ?? error.message,
    );

  test('lets nobody in without a session that holds', async () => {
    expect(await connectError('')).toBe('signed_out');
    expect(await connectError('gorak_session=s%3Aforged.forged')).toBe('signed_out');
    expect(await connectError(cookies.employee ?? '')).toBe('connected');
  });

  test('lets no page of another site in, whoever is signed in there', async () => {
    const from = (headers: Record<string, string>) =>
      connectError('', { extraHeaders: { cookie: cookies.admin ?? '', ...headers } });
    expect(await from({ origin: 'https://evil.example' })).toBe('websocket error');
    expect(await from({ origin: 'null' })).toBe('websocket error');
    expect(await from({ 'sec-fetch-site': 'same-site' })).toBe('websocket error');
    expect(await from({ origin: site.http.origin })).toBe('connected');
    expect(await from({ origin: site.http.origin, 'sec-fetch-site': 'same-origin' })).toBe('connected');
  });

  test('takes websockets alone, and the namespace alone', async () => {
    expect((await site.http.request('/socket.io/?EIO=4&transport=polling')).status).toBe(404);
    const root = io(site.http.origin, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie: cookies.admin ?? '' },
    });
    const error = await new Promise<Error>((resolve) => root.once('connect_error', resolve));
    expect(error.message).toBe('There is nothing here.');
    root.disconnect();
  });

  test('tells first how the feed is', async () => {
    const socket = await site.connect(cookies.employee ?? '');
    await socket.until(() => socket.told.length > 0);
    expect(socket.told[0]).toEqual([
      'status',
      { mode: 'log', connected: true, lagMs: expect.any(Number), since: expect.stringMatching(/Z$/) },
    ]);
  });
});

describe('listening', () => {
  let employee: TestSocket;
  let admin: TestSocket;

  beforeEach(async () => {
    employee = await site.connect(cookies.employee ?? '');
    admin = await site.connect(cookies.admin ?? '');
  });

  afterEach(() => {
    for (const { socket } of [employee, admin]) socket.disconnect();
  });

  test('tells a topic from its answer on, and no more after it was left', async () => {
    await run("INSERT INTO films (title) VALUES ('Before')");
    await source.settle();
    const answer = await employee.subscribe('films');
    expect(answer).toMatchObject({ ok: true, mode: 'live' });
    const id = await addMarker(database, 'films');
    await employee.until(() => employee.lines().length > 0);
    expect(employee.lines()).toEqual([`films:${id} insert`]);
    expect(await employee.socket.emitWithAck('unsubscribe', { topic: 'films' })).toEqual({ ok: true });
    await admin.subscribe('films');
    await settle(admin);
    await employee.socket.emitWithAck('unsubscribe', { topic: 'films' });
    expect(employee.lines()).toHaveLength(1);
  });

  test('gives rows as they were and are, and who did it', async () => {
    await admin.subscribe('films');
    const id = await addMarker(database, 'films');
    await transaction(database.pool, async (connection) => {
      await connection.query("UPDATE films SET title = 'Alien', cost = 3.5 WHERE id = ?", [id]);
      const activity = { action: 'film_changed', table: 'films', recordId: id };
      await recordActivity(connection, { id: 7, name: 'Zorblax', role: 'admin' }, activity);
    });
    await admin.until(() => admin.lines().length === 2);
    const [outside, inside] = admin.told.filter(([event]) => event === 'transaction').map(([, it]) => it);
    expect(outside).toMatchObject({ actor: null });
    expect(inside).toEqual({
      cursor: source.feed.head,
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      actor: { id: 7, name: 'Zorblax', role: 'admin' },
      changes: [
        {
          table: 'films',
          id,
          kind: 'update',
          before: { id: Number(id), title: null, cost: null },
          after: { id: Number(id), title: 'Alien', cost: '3.50' },
        },
      ],
    });
  });

  test('tells nobody what the role may not see', async () => {
    expect(await employee.subscribe('wages')).toMatchObject({ ok: false, code: 'unknown_topic' });
    expect(await employee.subscribe('wages')).toEqual(await employee.subscribe('nothing'));
    expect(await employee.subscribe('panel_sessions')).toEqual(await employee.subscribe('nothing'));
    await employee.subscribe('*');
    await admin.subscribe('*');
    await run('INSERT INTO wages (amount) VALUES (4711)');
    await run("INSERT INTO films (title, cost) VALUES ('Alien', 47.11)");
    await run('UPDATE films SET cost = 48.12');
    await transaction(database.pool, async (connection) => {
      await connection.query("INSERT INTO films (title) VALUES ('rolled back')");
      return { ok: false };
    });
    await settle(employee, admin);
    const heard = JSON.stringify(employee.told);
    for (const secret of ['wages', '4711', '47.11', '48.12', 'cost', 'panel_', 'rolled back'])
      expect(heard).not.toContain(secret);
    expect(heard).toContain('Alien');
    for (const known of ['4711', '47.11', '48.12']) expect(JSON.stringify(admin.told)).toContain(known);
  });

  test('gives each transaction once, whole, where topics overlap, and in the order of the commits', async () => {
    const [first, second] = [await addMarker(database, 'films'), await addMarker(database, 'films')];
    await source.settle();
    for (const topic of ['*', 'films', `films:${first}`, 'wages']) await admin.subscribe(topic);
    await employee.subscribe(`films:${first}`);
    await employee.subscribe(`films:${second}`);
    const wage = await transaction(database.pool, async (connection) => {
      await connection.query('UPDATE films SET title = ? WHERE id IN (?)', ['Both', [first, second]]);
      const [result] = await connection.query<ResultSetHeader>('INSERT INTO wages (amount) VALUES (1)');
      return result.insertId;
    });
    await run('UPDATE films SET title = ? WHERE id = ?', ['Once', second]);
    await settle(admin);
    await employee.until(() => employee.lines().length === 2);
    expect(admin.lines().slice(0, 2)).toEqual([
      `films:${first} update, films:${second} update, wages:${wage} insert`,
      `films:${second} update`,
    ]);
    expect(admin.lines()).toHaveLength(3);
    expect(employee.lines()).toEqual([
      `films:${first} update, films:${second} update`,
      `films:${second} update`,
    ]);
    const cursors = admin.told.flatMap(([event, { cursor }]) => (event === 'transaction' ? [cursor] : []));
    expect(cursors).toEqual([...cursors].sort());
  });

  test('replays what came after a cursor, that topic alone, before it answers', async () => {
    await admin.subscribe('films');
    await settle(admin);
    const since = source.feed.head;
    await run('INSERT INTO wages (amount) VALUES (1)');
    const id = await addMarker(database, 'films');
    await admin.until(() => admin.lines().includes(`films:${id} insert`));
    expect(await employee.subscribe('films', since)).toEqual({
      ok: true,
      cursor: source.feed.head,
      mode: 'replayed',
    });
    expect(employee.lines()).toEqual([`films:${id} insert`]);
    expect(await employee.subscribe('films', source.feed.head)).toMatchObject({ mode: 'live' });
    await settle(employee);
    expect(employee.lines()).toHaveLength(2);
  });

  test('has a client begin anew whose cursor is unknown', async () => {
    expect(await employee.subscribe('films', '0000000000-0000000000001-x')).toMatchObject({ mode: 'resync' });
  });

  test('waits for a cursor that another node was at already', async () => {
    await admin.subscribe('films');
    const late = createOtherFeed(source.feed);
    const otherNode = await startLiveSite(database, late, { configs: CONFIGS });
    const [cookie] = await Promise.all([
      signIn(otherNode.http, 'admin@live.example', PASSWORD),
      settle(admin),
    ]);
    const socket = await otherNode.connect(cookie);
    const since = source.feed.head;
    expect(late.head < since).toBe(true);
    const answer = socket.subscribe('films', since);
    late.release();
    expect(await answer).toMatchObject({ ok: true, mode: 'live' });
    await settle(socket);
    expect(socket.lines()).toHaveLength(1);
    await otherNode.stop();
    await late.stop();
  });

  test('tells which topics must be read anew, in order with the transactions', async () => {
    const id = await addMarker(database, 'films');
    await run('INSERT INTO copies (film_id) VALUES (?)', [id]);
    await source.settle();
    for (const topic of ['films', 'copies', `films:${id}`]) await employee.subscribe(topic);
    const since = source.feed.head;
    await run('TRUNCATE TABLE copies');
    await settle(employee);
    expect(employee.lines()).toEqual([
      'resync copies truncated',
      expect.stringMatching(/^films:\d+ insert$/),
    ]);
    expect(await admin.subscribe('copies', since)).toMatchObject({ mode: 'resync' });
    expect(await admin.subscribe('films', since)).toMatchObject({ mode: 'replayed' });
  });

  test('refuses what it cannot read, and more topics than it bears', async () => {
    const ask = (event: string, payload: unknown) => employee.socket.emitWithAck(event, payload);
    for (const payload of [undefined, null, 'films', {}, { topic: 1 }, { topic: '' }, { topic: 'films:a b' }])
      expect(await ask('subscribe', payload)).toMatchObject({ ok: false, code: 'bad_request' });
    expect(await ask('subscribe', { topic: 'films', since: 5 })).toMatchObject({ code: 'bad_request' });
    expect(await ask('unsubscribe', {})).toMatchObject({ code: 'bad_request' });
    for (let id = 1; id <= 100; id++)
      expect(await employee.subscribe(`films:${id}`)).toMatchObject({ ok: true });
    expect(await employee.subscribe('films')).toMatchObject({ ok: false, code: 'too_many_topics' });
    expect(await employee.subscribe('films:1')).toMatchObject({ ok: true });
  });

  test('refuses requests that come too fast, of one session alone', async () => {
    const answers = await Promise.all(Array.from({ length: 520 }, () => employee.subscribe('films')));
    expect(
      answers
        .filter(({ ok }) => !ok)
        .every((answer) => 'code' in answer && answer.code === 'too_many_requests'),
    ).toBe(true);
    expect(answers.filter(({ ok }) => !ok).length).toBeGreaterThanOrEqual(20);
    expect(await admin.subscribe('films')).toMatchObject({ ok: true });
  });
});
