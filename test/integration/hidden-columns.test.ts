import express from 'express';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import dashboard from '../../resources/dashboard.ts';
import { introspect } from '../../src/database/introspect.ts';
import type { Table } from '../../src/database/table.ts';
import { ensureDemoAccounts } from '../../src/http/demo-accounts.ts';
import { createLive } from '../../src/live/create-live.ts';
import { createSnapshotRouter, createSnapshots, type Snapshots } from '../../src/live/snapshots.ts';
import { createPanel } from '../../src/panel/create-panel.ts';
import { createReaderSights } from '../../src/panel/reader-sights.ts';
import type { ResourceConfig, Role } from '../../src/resources/define.ts';
import { wallboardRoles } from '../../src/resources/define-dashboard.ts';
import { loadResourceFiles } from '../../src/resources/load.ts';
import { resolveResources } from '../../src/resources/resolve.ts';
import { asLoader } from '../support/as-loader.ts';
import { openTestFeed, type TestFeed } from '../support/change-feed.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { signIn, startHttpServer, type TestHttpServer } from '../support/http-server.ts';
import { fillMarkedStore, MARKERS, type MarkedColumn, type MarkedStore } from '../support/marked-store.ts';
import { askEverywhere } from '../support/store-doors.ts';

const PASSWORD = 'a password for tests';
const ROLES = ['employee', 'supervisor'] as const;
const TOPICS = [
  'orders',
  'order_items',
  'shipments',
  'customers',
  'employees',
  'movies',
  'stock_movements',
  'actors',
];

let database: TestDatabase;
let source: TestFeed;
let store: MarkedStore;
let tables: readonly Table[];
let configs: readonly ResourceConfig[];
let http: TestHttpServer;
const cookies = new Map<Role, string>();
/** The site of the moment: each test draws its own. */
let site: { router: express.Router; snapshots: Snapshots; stop(): Promise<void> };

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  const { pool } = database;
  await ensureDemoAccounts(pool, PASSWORD);
  store = await fillMarkedStore(database);
  tables = await introspect(pool);
  configs = (await loadResourceFiles('resources')).configs.map(({ config }) => config as ResourceConfig);
  source = await openTestFeed(database);
  const { wallboard } = dashboard;
  if (!wallboard) throw new Error('the store has a wallboard');
  http = await startHttpServer({
    pool,
    router: express.Router().use((...call) => site.router(...call)),
    routers: [createSnapshotRouter({ take: (...who) => site.snapshots.take(...who) })],
    liveBoard: {
      wallboard,
      roles: wallboardRoles(dashboard),
      takeSnapshot: (who) => site.snapshots.take(wallboard.snapshot, who),
    },
  });
  for (const role of ['employee', 'supervisor', 'admin'] as const)
    cookies.set(role, await signIn(http, `${role}@gorak.example`, PASSWORD));
});

afterAll(async () => {
  await site?.stop();
  await http.stop();
  await source.stop();
  await database.drop();
});

/** Draws the store anew, shaped by its own files but for what `change` says. */
async function draw(change: (config: ResourceConfig) => ResourceConfig): Promise<void> {
  await site?.stop();
  const { pool } = database;
  const resources = resolveResources(tables, configs.map(change));
  const { router } = await createPanel({ pool, resources, dashboard, basePath: '' });
  const snapshots = createSnapshots(source.feed, dashboard.snapshots ?? {}, createReaderSights(resources));
  const { door, loginSources } = http.http;
  const logger = { error: (details: object, message: string) => console.error(message, details) };
  const live = createLive({
    server: http.server,
    feed: source.feed,
    pool,
    resources,
    loginSources,
    door,
    logger,
  });
  site = { router, snapshots, stop: () => live.stop() };
}

/** All that somebody of a role is told anywhere: by requests, and by events of a change of every marked row. */
async function hearEverything(role: Role): Promise<string[]> {
  const cookie = cookies.get(role) ?? '';
  const ask = async (path: string, form?: Readonly<Record<string, string>>) => {
    const init = form ? { method: 'POST', body: new URLSearchParams(form) } : {};
    const response = await http.request(path, { cookie, ...init });
    if (response.status >= 500) throw new Error(`${path} answered ${response.status}`);
    return response.text();
  };
  return [...(await askEverywhere(ask, store)), ...(await listen(cookie))];
}

async function listen(cookie: string): Promise<string[]> {
  const socket = io(`${http.origin}/live`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { cookie },
  });
  const heard: string[] = [];
  let isOver = () => {};
  const over = new Promise<void>((resolve) => {
    isOver = resolve;
  });
  socket.on('transaction', (message) => {
    heard.push(JSON.stringify(message));
    if (heard.at(-1)?.includes('"the end"')) isOver();
  });
  for (const topic of [...TOPICS, `orders:${store.heldId}`])
    await socket.timeout(10_000).emitWithAck('subscribe', { topic });
  await touchMarkedRows();
  await over;
  socket.disconnect();
  return heard;
}

/** Changes every marked row where nothing is marked, and one last row. */
async function touchMarkedRows(): Promise<void> {
  const statements = [
    "UPDATE customers SET species = IF(species = 'Orkan', 'Gorkian', 'Orkan')",
    "UPDATE employees SET position = IF(position = 'Clerk', 'Packer', 'Clerk')",
    'UPDATE movies SET low_stock_threshold = low_stock_threshold + 1',
    'UPDATE orders SET customer_id = customer_id, placed_at = placed_at + INTERVAL 1 SECOND',
    'UPDATE shipments SET delivered_at = UTC_TIMESTAMP(3)',
    "INSERT INTO actors (name) VALUES ('the end')",
  ];
  await asLoader(database.pool, async (loader) => {
    for (const statement of statements) await loader.query(statement);
  });
}

function findLeaks(heard: readonly string[], column: MarkedColumn): string[] {
  return heard.filter((text) => MARKERS[column].some((marker) => text.includes(marker)));
}

const hideColumn = (path: MarkedColumn) => {
  const [table, column = ''] = path.split('.');
  return (config: ResourceConfig): ResourceConfig =>
    config.table === table
      ? {
          ...config,
          columns: { ...config.columns, [column]: { ...config.columns?.[column], read: ['admin'] } },
        }
      : config;
};

const closeTable = (table: string) => (config: ResourceConfig) =>
  config.table === table ? { ...config, can: {} } : config;

test('every marker is heard by those from whom nothing is hidden', async () => {
  await draw((config) => config);
  const heard = await hearEverything('supervisor');
  const columns = Object.keys(MARKERS) as MarkedColumn[];
  expect(columns.filter((column) => findLeaks(heard, column).length === 0)).toEqual([]);
});

test.each(Object.keys(MARKERS) as MarkedColumn[])(
  '%s reaches nobody who may not read it, by no door',
  async (column) => {
    await draw(hideColumn(column));
    for (const role of ROLES) expect(findLeaks(await hearEverything(role), column), role).toEqual([]);
  },
);

test.each(['customers', 'employees', 'movies', 'shipments'])(
  'a role that may not see %s is told nothing of its rows, by no door',
  async (table) => {
    await draw(closeTable(table));
    const columns = (Object.keys(MARKERS) as MarkedColumn[]).filter((column) =>
      column.startsWith(`${table}.`),
    );
    for (const role of ROLES) {
      const heard = await hearEverything(role);
      for (const column of columns) expect(findLeaks(heard, column), `${role}: ${column}`).toEqual([]);
    }
  },
);
