import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Server } from 'socket.io';
import type { ChangeFeed } from '../../../src/changes/change-feed.ts';
import type { Change, Transaction } from '../../../src/changes/transaction.ts';
import type { Table } from '../../../src/database/table.ts';
import { createLive } from '../../../src/live/create-live.ts';
import type { Login, LoginSource } from '../../../src/live/logins.ts';
import type { LiveTransaction } from '../../../src/live/protocol.ts';
import { resolveResources } from '../../../src/resources/resolve.ts';
import { column, table } from '../../support/tables.ts';
import { clockMs, type ListenersOrder, type ListenersReport } from './listeners.ts';
import { SILENT } from './ratio.ts';

/** Something that tells a commit to every socket that listens to orders. */
export interface FanOut {
  readonly origin: string;
  tell(change: Change): void;
  stop(): Promise<void>;
}

const COLUMNS = ['id', 'customer_id', 'status', 'placed_at', 'total', 'notes'];
const ORDERS = table(
  'orders',
  COLUMNS.map((name) => column(name, 'string')),
  ['id'],
);

/** An order that was shipped; `notes` makes it as large as wanted. */
export function createChange(notes = ''): Change {
  const row = { id: '4711', customer_id: '42', placed_at: '2026-01-01T00:00:00.000Z', total: '10.00', notes };
  const [before, after] = [
    { ...row, status: 'packed' },
    { ...row, status: 'shipped' },
  ];
  return { table: 'orders', id: '4711', kind: 'update', before, after };
}

let told = 0;

function messageOf(change: Change): LiveTransaction {
  told++;
  const cursor = String(told).padStart(20, '0');
  return { cursor, at: String(clockMs()), actor: null, changes: [change] };
}

/** The panel's own sockets, with everybody let in. */
export async function serveLive(feed: ChangeFeed, tables: readonly Table[]) {
  const server = await listen();
  const live = createLive({
    server,
    feed,
    resources: resolveResources(tables, []),
    loginSources: [createOpenDoor()],
    door: { enter: () => undefined, check: () => null },
    logger: SILENT,
  });
  return {
    origin: originOf(server),
    stop: async () => {
      await live.stop();
      server.close();
    },
  };
}

/** The same over a feed that is told what to hand out. */
export async function openLiveFanOut(): Promise<FanOut> {
  let take: (transaction: Transaction) => void = () => undefined;
  const feed: ChangeFeed = {
    status: { mode: 'log', connected: true, lagMs: 0, since: new Date(0).toISOString(), cause: null },
    head: '',
    since: () => [],
    onTransaction: (listener) => {
      take = listener;
      return () => undefined;
    },
    onStatus: () => () => undefined,
    snapshot: () => Promise.reject(new Error('there is no database')),
    stop: async () => undefined,
  };
  const { origin, stop } = await serveLive(feed, [ORDERS]);
  return { origin, stop, tell: (change) => take({ ...messageOf(change), dirty: [] }) };
}

/** Socket.IO's own room, and nothing else. */
export async function openBareFanOut(): Promise<FanOut> {
  const server = await listen();
  const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false, serveClient: false });
  const namespace = io.of('/live');
  namespace.on('connection', (socket) =>
    socket.on('subscribe', ({ topic }: { topic: string }, ack: (answer: object) => void) => {
      void socket.join(topic);
      ack({ ok: true });
    }),
  );
  return {
    origin: originOf(server),
    tell: (change) => namespace.to('orders').emit('transaction', messageOf(change)),
    stop: () => io.close(),
  };
}

function createOpenDoor(): LoginSource {
  let count = 0;
  const authenticate = async (): Promise<Login> => {
    const login: Login = {
      key: String(count++),
      viewer: { accountId: 1, name: 'Zorblax', role: 'admin', tables: null },
      expiresAtMs: null,
      after: () => login,
    };
    return login;
  };
  return { tables: ['panel_sessions'], authenticate, findCurrent: async () => new Map() };
}

async function listen(): Promise<HttpServer> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function originOf(server: HttpServer): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Sockets in a process of their own. */
export class Listeners {
  private readonly child: ChildProcess;
  private readonly count: number;

  private constructor(child: ChildProcess, count: number) {
    this.child = child;
    this.count = count;
  }

  static async open(order: ListenersOrder): Promise<Listeners> {
    const child = fork(fileURLToPath(new URL('./listeners.ts', import.meta.url)), {
      execArgv: ['--import', 'tsx'],
    });
    child.send(order);
    await once(child, 'message');
    return new Listeners(child, order.count);
  }

  /** What came of so many messages that `work` tells. */
  async report(messages: number, work: () => Promise<void>): Promise<ListenersReport> {
    this.child.send({ awaited: messages * this.count });
    const answer = once(this.child, 'message');
    await work();
    const [report] = await answer;
    return report as ListenersReport;
  }

  close(): void {
    this.child.kill();
  }
}
