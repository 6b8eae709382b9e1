import { EventEmitter, once } from 'node:events';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import type { ChangeFeed } from '../../src/changes/change-feed.ts';
import { introspect } from '../../src/database/introspect.ts';
import { type ResultSetHeader, transaction } from '../../src/database/pool.ts';
import { createAccount } from '../../src/http/accounts.ts';
import { createLive, type LiveParts } from '../../src/live/create-live.ts';
import type { SubscribeAnswer } from '../../src/live/protocol.ts';
import { createSnapshotRouter, createSnapshots } from '../../src/live/snapshots.ts';
import { createReaderSights } from '../../src/panel/reader-sights.ts';
import type { ResourceConfig, Role } from '../../src/resources/define.ts';
import type { DashboardSnapshot } from '../../src/resources/define-dashboard.ts';
import { resolveResources } from '../../src/resources/resolve.ts';
import type { TestDatabase } from './database.ts';
import { signIn, startHttpServer, type TestHttpServer } from './http-server.ts';

const SETUP = { id: null, name: 'Test set-up', role: 'system' };
const ANSWER_LIMIT_MS = 10_000;
export const PASSWORD = 'a password for tests';

/** One event that a socket was told, in the order in which they came. */
export type Told = readonly [event: string, message: Record<string, unknown> & { cursor?: string }];

export interface TestSocket {
  readonly socket: Socket;
  readonly told: Told[];
  subscribe(topic: string, since?: string): Promise<SubscribeAnswer>;
  /** Returns when what was told, or the connection's state, meets a condition. */
  until(isMet: () => boolean): Promise<void>;
  /** What was told of rows, each as `table:id kind`, a line a transaction. */
  lines(): string[];
}

export interface LiveSite {
  readonly http: TestHttpServer;
  readonly feed: ChangeFeed;
  /** Makes an account, of the role's name unless told, and gives its session's cookie. */
  signIn(role: Role, name?: string): Promise<string>;
  /** A connected socket; throws what the server refused it with. */
  connect(cookie: string, options?: Partial<ManagerOptions & SocketOptions>): Promise<TestSocket>;
  stop(): Promise<void>;
}

export interface LiveSiteOptions {
  readonly configs?: readonly ResourceConfig[];
  readonly limits?: LiveParts['limits'];
  readonly publicUrl?: string;
  readonly snapshots?: Readonly<Record<string, DashboardSnapshot>>;
}

/** Sign-in, snapshots and sockets over a test database and its feed, with an account a role. */
export async function startLiveSite(
  { pool }: TestDatabase,
  feed: ChangeFeed,
  { configs = [], limits, publicUrl, snapshots = {} }: LiveSiteOptions = {},
): Promise<LiveSite> {
  const resources = resolveResources(await introspect(pool), configs);
  const http = await startHttpServer({
    pool,
    settings: publicUrl ? { publicUrl } : {},
    routers: [createSnapshotRouter(createSnapshots(feed, snapshots, createReaderSights(resources)))],
  });
  const { door, loginSources } = http.http;
  const live = createLive({
    server: http.server,
    feed,
    pool,
    resources,
    loginSources,
    door,
    logger: { error: (details, message) => console.error(message, details) },
    limits,
  });
  const sockets: Socket[] = [];
  return {
    http,
    feed,
    signIn: async (role, name = role) => {
      const email = `${name}@live.example`;
      await transaction(pool, (connection) =>
        createAccount(connection, SETUP, { email, name, role, password: PASSWORD }),
      );
      return signIn(http, email, PASSWORD);
    },
    connect: async (cookie, options = {}) => {
      const socket = io(`${http.origin}/live`, {
        transports: ['websocket'],
        forceNew: true,
        reconnection: false,
        extraHeaders: { cookie },
        ...options,
      });
      sockets.push(socket);
      const tested = watchSocket(socket);
      await new Promise<void>((resolve, reject) =>
        socket.once('connect', resolve).once('connect_error', reject),
      );
      return tested;
    },
    stop: async () => {
      for (const socket of sockets) socket.disconnect();
      await live.stop();
      await http.stop();
    },
  };
}

function watchSocket(socket: Socket): TestSocket {
  const told: Told[] = [];
  const news = new EventEmitter();
  for (const event of ['transaction', 'resync', 'status', 'presence'])
    socket.on(event, (message) => {
      told.push([event, message]);
      news.emit('news');
    });
  socket.on('disconnect', () => news.emit('news'));
  return {
    socket,
    told,
    subscribe: (topic, since) => socket.timeout(ANSWER_LIMIT_MS).emitWithAck('subscribe', { topic, since }),
    until: async (isMet) => {
      while (!isMet()) await once(news, 'news');
    },
    lines: () =>
      told.flatMap(([event, message]) => {
        if (event === 'resync') return `resync ${message.topic} ${message.reason}`;
        if (event !== 'transaction') return [];
        const changes = message.changes as { table: string; id: string; kind: string }[];
        return changes.map(({ table, id, kind }) => `${table}:${id} ${kind}`).join(', ');
      }),
  };
}

/** Adds a row that whoever listens to `table` sees, and returns its id. */
export async function addMarker({ pool }: TestDatabase, table: string): Promise<string> {
  const [result] = await pool.query<ResultSetHeader>('INSERT INTO ?? () VALUES ()', [table]);
  return String(result.insertId);
}
