import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Queryable, RowDataPacket } from '../../src/database/pool.ts';
import type { Attendant } from '../../src/live/attendance.ts';
import { Presence } from '../../src/live/presence.ts';
import type { RecordTopic } from '../../src/live/seen-record.ts';
import { openTestFeed, type TestFeed } from '../support/change-feed.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const TOPIC = { table: 'orders', id: '42' };

let database: TestDatabase;
let feeds: TestFeed[];
let nodes: Presence[] = [];

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  feeds = [await openTestFeed(database), await openTestFeed(database)];
});

beforeEach(() => {
  nodes = [];
});

afterEach(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
  expect(await countRows()).toBe(0);
});

afterAll(async () => {
  for (const feed of feeds ?? []) await feed.stop();
  await database?.drop();
});

async function countRows(): Promise<number> {
  const [rows] = await database.pool.query<RowDataPacket[]>('SELECT COUNT(*) AS count FROM panel_presence');
  return rows[0]?.count;
}

/** A program on the database, with the feed of its own. */
function startNode(
  index: 0 | 1,
  options: { db?: Queryable | null; refreshIntervalMs?: number } = {},
): Presence {
  const { feed } = feeds[index] as TestFeed;
  const { db = database.pool, refreshIntervalMs } = options;
  const onError = (error: unknown) => {
    throw error;
  };
  const node = new Presence({ db, feed, onError, refreshIntervalMs });
  const stopListening = feed.onTransaction((transaction) => node.take(transaction));
  const stop = node.stop.bind(node);
  node.stop = () => {
    stopListening();
    return stop();
  };
  nodes.push(node);
  return node;
}

interface TestAttendant extends Attendant {
  /** Whom it was last told of: 'Zorblax viewing'. */
  people(): string[] | null;
}

function attend(id: number, name: string, socket = `${name} ${id}`): TestAttendant {
  let told: string[] | null = null;
  return {
    id: socket,
    sessionKey: name,
    person: { id, name, role: 'employee' },
    tell: ({ people }) => {
      told = people.map((person) => `${person.name} ${person.mode}`);
    },
    people: () => told,
  };
}

const untilTold = (attendant: TestAttendant, people: string[]) =>
  expect.poll(() => attendant.people(), { timeout: 10_000 }).toEqual(people);

describe('people with the same record open', () => {
  test('on one node know of each other, of each account once, and not of themselves', async () => {
    const node = startNode(0);
    const [zorblax, again, mirgax] = [
      attend(1, 'Zorblax'),
      attend(1, 'Zorblax', 'other'),
      attend(2, 'Mirgax'),
    ];
    node.enter(zorblax, TOPIC, 'viewing');
    node.enter(mirgax, TOPIC, 'viewing');
    expect(zorblax.people()).toEqual(['Mirgax viewing']);
    node.enter(again, TOPIC, 'editing');
    expect(mirgax.people()).toEqual(['Zorblax editing']);
    expect(zorblax.people()).toEqual(['Mirgax viewing', 'Zorblax editing']);
    node.forget(again);
    node.leave(zorblax, TOPIC);
    expect(mirgax.people()).toEqual([]);
  });

  test('on two nodes know of each other, of what they do, and of their leaving', async () => {
    const [here, there] = [startNode(0), startNode(1)];
    const [zorblax, mirgax] = [attend(1, 'Zorblax'), attend(2, 'Mirgax')];
    here.enter(zorblax, TOPIC, 'viewing');
    there.enter(mirgax, TOPIC, 'viewing');
    await untilTold(mirgax, ['Zorblax viewing']);
    await untilTold(zorblax, ['Mirgax viewing']);
    here.enter(zorblax, TOPIC, 'editing');
    await untilTold(mirgax, ['Zorblax editing']);
    here.forget(zorblax);
    await untilTold(mirgax, []);
  });

  test('whoever comes later is told who was there', async () => {
    const [here, there] = [startNode(0), startNode(1)];
    here.enter(attend(1, 'Zorblax'), TOPIC, 'editing');
    await expect.poll(countRows).toBe(1);
    await feeds[1]?.settle();
    const late = attend(2, 'Mirgax');
    there.enter(late, TOPIC, 'viewing');
    await untilTold(late, ['Zorblax editing']);
  });

  test('a node that stops takes its people with it, and one that was killed is buried', async () => {
    const [here, there] = [startNode(0, { refreshIntervalMs: 50 }), startNode(1)];
    const mirgax = attend(2, 'Mirgax');
    here.enter(mirgax, TOPIC, 'viewing');
    there.enter(attend(1, 'Zorblax'), TOPIC, 'viewing');
    await untilTold(mirgax, ['Zorblax viewing']);
    await there.stop();
    await untilTold(mirgax, []);
    await database.pool.query(
      `INSERT INTO panel_presence SET node_id = 'killed', socket_id = 'x', table_name = 'orders', record_id = '42',
         account_id = 3, account_name = 'Ghost', account_role = 'employee', mode = 'viewing'`,
    );
    await untilTold(mirgax, ['Ghost viewing']);
    await database.pool.query(
      "UPDATE panel_presence SET seen_at = seen_at - INTERVAL 5 MINUTE WHERE node_id = 'killed'",
    );
    await untilTold(mirgax, []);
    expect(await countRows()).toBe(1);
  });

  test('a row that went missing is written again by its node', async () => {
    startNode(0, { refreshIntervalMs: 50 }).enter(attend(1, 'Zorblax'), TOPIC, 'viewing');
    await expect.poll(countRows).toBe(1);
    await database.pool.query('DELETE FROM panel_presence');
    await expect.poll(countRows).toBe(1);
  });
});

test('a session has at most a hundred records open, on however many connections, and may go on with those', async () => {
  const node = startNode(0);
  const connections = Array.from({ length: 6 }, (_, index) => attend(1, 'Zorblax', `window ${index}`));
  const records = Array.from({ length: 101 }, (_, index) => ({ table: 'orders', id: String(1_000 + index) }));
  const refused = records.filter((topic, index) => {
    const connection = connections[Math.floor(index / 20)] as TestAttendant;
    if (!node.admits(connection, topic)) return true;
    node.enter(connection, topic, 'viewing');
    return false;
  });
  expect(refused).toEqual([records[100]]);
  await expect.poll(countRows).toBe(100);
  const [first, last] = [connections[0] as TestAttendant, connections[5] as TestAttendant];
  expect(node.admits(first, records[0] as RecordTopic)).toBe(true);
  // Even one that another connection of the session has open counts again: each connection is told of it.
  expect(node.admits(last, records[0] as RecordTopic)).toBe(false);
  const other = attend(1, 'Zorblax', 'elsewhere');
  expect(node.admits({ ...other, sessionKey: 'another session' }, records[100] as RecordTopic)).toBe(true);
  node.leave(first, records[0] as RecordTopic);
  expect(node.admits(last, records[100] as RecordTopic)).toBe(true);
  node.enter(last, records[100] as RecordTopic, 'viewing');
  expect(node.admits(first, records[0] as RecordTopic)).toBe(false);
  node.forget(connections[1] as TestAttendant);
  expect(node.admits(first, records[0] as RecordTopic)).toBe(true);
});

/** The database, with how often it was asked. */
function countQueries(): { db: Queryable; queries(): number } {
  let queries = 0;
  const query = (...given: Parameters<Queryable['query']>) => {
    queries += 1;
    return database.pool.query(...given);
  };
  return { db: { query } as Queryable, queries: () => queries };
}

test('while no record is open the database is asked nothing', async () => {
  const [idle, busy] = [countQueries(), countQueries()];
  const node = startNode(0, { db: idle.db, refreshIntervalMs: 5 });
  const zorblax = attend(1, 'Zorblax');
  node.enter(zorblax, TOPIC, 'viewing');
  await expect.poll(idle.queries).toBeGreaterThan(6);
  node.leave(zorblax, TOPIC);
  await expect.poll(countRows).toBe(0);
  const before = idle.queries();
  startNode(1, { db: busy.db, refreshIntervalMs: 5 }).enter(
    zorblax,
    { table: 'orders', id: '43' },
    'viewing',
  );
  await expect.poll(busy.queries).toBeGreaterThan(20);
  expect(idle.queries()).toBe(before);
});

test('where the log is not read, each node knows its own people, without the database', async () => {
  const refuse = { query: () => Promise.reject(new Error('no query is made')) } as unknown as Queryable;
  const status = { ...(feeds[0] as TestFeed).feed.status, mode: 'panel-only' as const };
  const errors: unknown[] = [];
  const node = new Presence({ db: refuse, feed: { status }, onError: (error) => errors.push(error) });
  const [zorblax, mirgax] = [attend(1, 'Zorblax'), attend(2, 'Mirgax')];
  node.enter(zorblax, TOPIC, 'viewing');
  node.enter(mirgax, TOPIC, 'editing');
  expect(zorblax.people()).toEqual(['Mirgax editing']);
  await node.stop();
  expect(errors).toEqual([]);
});
