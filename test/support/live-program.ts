// The live changes of one database as a process of its own, for everybody. Argument: the database's address. Tells its
// parent the port; GET / answers a snapshot of the tables that random writers write to.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createChangeFeed } from '../../src/changes/create-change-feed.ts';
import { introspect } from '../../src/database/introspect.ts';
import { createPool } from '../../src/database/pool.ts';
import { createLive } from '../../src/live/create-live.ts';
import type { Login, LoginSource } from '../../src/live/logins.ts';
import { resolveResources } from '../../src/resources/resolve.ts';
import { WRITER_TABLES } from './random-writers.ts';
import { readState } from './replica.ts';

const [url = ''] = process.argv.slice(2);
const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const pool = createPool(url);
const tables = await introspect(pool);
const feed = await createChangeFeed({ pool, url, logger });
const login: Login = {
  key: 'everybody',
  viewer: { accountId: null, name: 'Everybody', role: 'admin', tables: null },
  expiresAtMs: null,
  after: () => login,
};
const everybody: LoginSource = {
  tables: [],
  authenticate: async () => login,
  findCurrent: async () => new Map(),
};
const server = createServer(async (_request, response) => {
  try {
    const { cursor, data } = await feed.snapshot((db) =>
      readState(
        db,
        tables.filter(({ name }) => (WRITER_TABLES as readonly string[]).includes(name)),
      ),
    );
    const rows = Object.fromEntries([...data].map(([name, state]) => [name, Object.fromEntries(state)]));
    response.end(JSON.stringify({ cursor, data: rows }));
  } catch {
    response.writeHead(503).end();
  }
});
const live = createLive({
  server,
  feed,
  resources: resolveResources(tables, []),
  loginSources: [everybody],
  door: { enter: () => undefined, check: () => null },
  logger,
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.once('SIGTERM', async () => {
  await live.stop();
  server.closeAllConnections();
  server.close();
  await feed.stop();
  await pool.end();
  process.disconnect();
});
