import { randomBytes } from 'node:crypto';
import type { Socket as NetSocket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestFeed, type TestFeed } from '../support/change-feed.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { signIn } from '../support/http-server.ts';
import { addMarker, type LiveSite, PASSWORD, startLiveSite, type TestSocket } from '../support/live-site.ts';

const NOTE_BYTES = 300_000;
/** More than the network between takes in. */
const NOTES = 80;

let database: TestDatabase;
let source: TestFeed;
let site: LiveSite;
let cookie: string;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  await database.pool.query('CREATE TABLE notes (id INT AUTO_INCREMENT PRIMARY KEY, text MEDIUMTEXT NULL)');
  source = await openTestFeed(database);
  site = await startLiveSite(database, source.feed, {
    limits: { queue: { messages: 1_000, bytes: 2_000_000 } },
  });
  cookie = await site.signIn('admin');
});

afterAll(async () => {
  await site.stop();
  await source.stop();
  await database.drop();
});

/** The TCP socket below, as a client has it whose machine stopped to read. */
function networkOf({ socket }: TestSocket): NetSocket {
  const transport = socket.io.engine.transport as unknown as { ws: { _socket: NetSocket } };
  return transport.ws._socket;
}

async function addNotes(): Promise<string[]> {
  const text = randomBytes(NOTE_BYTES / 2).toString('hex');
  const ids: string[] = [];
  for (let count = 0; count < NOTES; count++) {
    const id = await addMarker(database, 'notes');
    await database.pool.query('UPDATE notes SET text = ? WHERE id = ?', [text, id]);
    ids.push(id);
  }
  return ids;
}

const resyncs = (socket: TestSocket) => socket.lines().filter((line) => line.startsWith('resync'));

test('a client that reads nothing is told to begin anew once it reads again, and disturbs nobody', async () => {
  const [stalled, other] = [await site.connect(cookie), await site.connect(cookie)];
  for (const topic of ['notes', 'notes:1', '*']) await stalled.subscribe(topic);
  await other.subscribe('notes');
  networkOf(stalled).pause();
  const ids = await addNotes();
  const last = ids.at(-1);
  await other.until(() => other.lines().includes(`notes:${last} update`));
  expect(other.lines()).toEqual(ids.flatMap((id) => [`notes:${id} insert`, `notes:${id} update`]));
  networkOf(stalled).resume();
  await stalled.until(() => resyncs(stalled).length === 3);
  expect(resyncs(stalled)).toEqual(['notes', 'notes:1', '*'].map((topic) => `resync ${topic} too_slow`));
  const before = stalled.lines().length;
  expect(before).toBeLessThan(2 * NOTES);
  const marker = await addMarker(database, 'notes');
  await stalled.until(() => stalled.lines().length > before);
  expect(stalled.lines().slice(before)).toEqual([`notes:${marker} insert`]);
  const told = stalled.lines().filter((line) => !line.startsWith('resync'));
  expect(new Set(told).size).toBe(told.length);
});

test('a stalled client that leaves topics and takes up others goes on with those', async () => {
  const stalled = await site.connect(cookie);
  await stalled.subscribe('notes');
  networkOf(stalled).pause();
  const asked = [stalled.subscribe('notes:1'), stalled.socket.emitWithAck('unsubscribe', { topic: 'notes' })];
  await addNotes();
  networkOf(stalled).resume();
  for (const answer of await Promise.all(asked)) expect(answer).toMatchObject({ ok: true });
  await database.pool.query("UPDATE notes SET text = 'short' WHERE id = 1");
  await stalled.until(() => stalled.lines().at(-1) === 'notes:1 update');
});

test('the end of the program does not wait for a client that reads nothing', async () => {
  const other = await startLiveSite(database, source.feed);
  const stalled = await other.connect(await signIn(other.http, 'admin@live.example', PASSWORD));
  networkOf(stalled).pause();
  const beginMs = Date.now();
  await other.stop();
  expect(Date.now() - beginMs).toBeLessThan(3_000);
});
