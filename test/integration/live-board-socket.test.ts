import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { LiveTransaction, SubscribeAnswer } from '../../src/live/protocol.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { addDisplay, revoke, type TestDisplay } from '../support/displays.ts';
import { StoreRows } from '../support/store-rows.ts';
import { type StoreSite, startStoreSite } from '../support/store-site.ts';
import { runUntold } from '../support/untold.ts';

let database: TestDatabase;
let site: StoreSite;
let rows: StoreRows;
let customerId: number;
let movieId: number;
const sockets: Socket[] = [];

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  rows = new StoreRows(database.pool);
  customerId = await rows.addCustomer('Gax');
  movieId = await rows.addFilm({ title: 'Alien', stock: 6 });
  site = await startStoreSite(database);
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});
afterAll(async () => {
  await site?.stop();
  await database?.drop();
});

interface Screen {
  readonly socket: Socket;
  readonly told: LiveTransaction[];
  subscribe(topic: string): Promise<SubscribeAnswer>;
  until(isMet: () => boolean): Promise<void>;
}

const next = (socket: Socket, event: string) =>
  new Promise<void>((resolve) => socket.once(event, () => resolve()));

/** Throws what the server refuses the connection with. */
async function connect({ token }: TestDisplay): Promise<Screen> {
  const socket = io(`${site.origin}/live`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { cookie: `gorak_display=${token}` },
  });
  sockets.push(socket);
  const told: LiveTransaction[] = [];
  socket.on('transaction', (transaction: LiveTransaction) => told.push(transaction));
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
  return {
    socket,
    told,
    subscribe: (topic) => socket.emitWithAck('subscribe', { topic }),
    until: async (isMet) => {
      while (!isMet()) await next(socket, 'transaction');
    },
  };
}

test('a display is told the named columns of the named tables, and of nothing else', async () => {
  const screen = await connect(await addDisplay(database.pool));
  for (const topic of ['customers', 'order_items', 'performances', 'panel_displays', 'panel_accounts'])
    expect(await screen.subscribe(topic)).toMatchObject({ ok: false, code: 'unknown_topic' });
  expect(await screen.subscribe('*')).toMatchObject({ ok: true });
  const { pool } = database;
  await pool.query("UPDATE customers SET name = 'Gax the Second' WHERE id = ?", [customerId]);
  await pool.query('INSERT INTO orders (customer_id, on_hold, hold_reason) VALUES (?, TRUE, ?)', [
    customerId,
    'Gax does not answer',
  ]);
  await pool.query('UPDATE movies SET stock = stock - 1 WHERE id = ?', [movieId]);
  await screen.until(() =>
    screen.told.some(({ changes }) => changes.some(({ table }) => table === 'movies')),
  );
  const changes = screen.told.flatMap((transaction) => transaction.changes);
  expect(new Set(changes.map(({ table }) => table))).toEqual(
    new Set(['orders', 'movies', 'stock_movements']),
  );
  const columnsOf = (name: string) =>
    Object.keys(changes.find(({ table }) => table === name)?.after ?? {}).sort();
  const ofOrders = ['employee_id', 'id', 'on_hold', 'placed_at', 'returned_total', 'status', 'total'];
  expect(columnsOf('orders')).toEqual(ofOrders);
  expect(columnsOf('movies')).toEqual(['available', 'id', 'low_stock', 'low_stock_threshold', 'title']);
  expect(JSON.stringify(screen.told)).not.toContain('Gax');
});

test('a revoked display is cut off before the next event, and not let in again; others stay', async () => {
  const [revoked, kept] = [await addDisplay(database.pool), await addDisplay(database.pool)];
  const [dark, lit] = [await connect(revoked), await connect(kept)];
  for (const screen of [dark, lit]) expect(await screen.subscribe('movies')).toMatchObject({ ok: true });
  const ended = next(dark.socket, 'disconnect');
  await revoke(database.pool, revoked);
  await database.pool.query('UPDATE movies SET stock = stock - 1 WHERE id = ?', [movieId]);
  await lit.until(() => lit.told.length > 0);
  await ended;
  expect(dark.told).toEqual([]);
  expect(lit.socket.connected).toBe(true);
  await expect(connect(revoked)).rejects.toMatchObject({ data: { code: 'signed_out' } });
});

test('a display that is deleted is cut off', async () => {
  const display = await addDisplay(database.pool);
  const { socket } = await connect(display);
  const ended = next(socket, 'disconnect');
  await database.pool.query('DELETE FROM panel_displays WHERE id = ?', [display.id]);
  await ended;
});

test('what the log cannot tell of displays cuts off those alone that were revoked', async () => {
  const [revoked, kept] = [await addDisplay(database.pool), await addDisplay(database.pool)];
  const [dark, lit] = [await connect(revoked), await connect(kept)];
  expect(await lit.subscribe('movies')).toMatchObject({ ok: true });
  await runUntold(database, "UPDATE panel_displays SET name = CONCAT(name, '.')");
  await runUntold(database, 'UPDATE panel_displays SET last_seen_at = UTC_TIMESTAMP(3)');
  const late = await connect(kept);
  const ended = next(dark.socket, 'disconnect');
  await runUntold(database, 'UPDATE panel_displays SET revoked_at = UTC_TIMESTAMP(3) WHERE id = ?', [
    revoked.id,
  ]);
  await ended;
  await database.pool.query('UPDATE movies SET stock = stock - 1 WHERE id = ?', [movieId]);
  await lit.until(() => lit.told.length > 0);
  for (const { socket } of [lit, late]) expect(socket.connected).toBe(true);
});

test("the board's snapshot names no customer", async () => {
  await rows.place(customerId, [{ movieId, quantity: 1 }]);
  const { token } = await addDisplay(database.pool);
  const headers = { Accept: 'application/json', cookie: `gorak_display=${token}` };
  const response = await fetch(`${site.origin}/live-board/snapshots/supervisor`, { headers });
  const text = await response.text();
  expect(response.status).toBe(200);
  expect(Object.keys(JSON.parse(text))).toEqual(['cursor', 'data']);
  expect(text).not.toContain('Gax');
});
