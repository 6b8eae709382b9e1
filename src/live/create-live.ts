import type { Server as HttpServer, IncomingMessage } from 'node:http';
import { type ExtendedError, Server, type Socket } from 'socket.io';
import type { ChangeFeed } from '../changes/change-feed.ts';
import type { Queryable } from '../database/pool.ts';
import type { Resource } from '../resources/resource.ts';
import type { Attendant } from './attendance.ts';
import { HeldFeed } from './held-feed.ts';
import { LiveHub } from './live-hub.ts';
import { LiveRequests } from './live-requests.ts';
import { LoginWatch } from './login-watch.ts';
import type { Login, LoginSource } from './logins.ts';
import type { Member } from './member.ts';
import { OutgoingQueue, type QueueBounds } from './outgoing-queue.ts';
import { Presence } from './presence.ts';
import { LIVE_NAMESPACE, type PresenceMessage } from './protocol.ts';
import { StatusTeller, toMessage } from './status-teller.ts';
import { openUpgradeGate } from './upgrade-gate.ts';
import { resolveSight, type Sight, sightKey } from './visibility.ts';

export interface LiveParts {
  /** Whose upgrade requests are answered. */
  readonly server: Pick<HttpServer, 'on' | 'off'>;
  readonly feed: ChangeFeed;
  /** Where records are looked up, and nodes tell each other who has which open; absent: nobody can have one open. */
  readonly pool?: Queryable;
  readonly resources: readonly Resource[];
  /** Asked in turn who a socket belongs to. */
  readonly loginSources: readonly LoginSource[];
  /** What every request to become a socket goes through first. */
  readonly door: {
    enter(request: IncomingMessage): void;
    /** Why it may not become one; null: it may. */
    check(request: IncomingMessage): { readonly message: string } | null;
  };
  readonly logger: { error(details: object, message: string): void };
  /** What tests set smaller. */
  readonly limits?: {
    readonly queue?: QueueBounds;
    readonly recheckIntervalMs?: number;
    readonly presenceRefreshMs?: number;
  };
}

export interface Live {
  /** Closes every socket. */
  stop(): Promise<void>;
}

const QUEUE_BOUNDS: QueueBounds = { messages: 2_000, bytes: 8 * 1024 * 1024 };
const MAX_REQUEST_BYTES = 16 * 1024;

/** Tells the database's changes to every socket that may see them, in the namespace `/live`; see docs/live.md. */
export function createLive(parts: LiveParts): Live {
  const gate = openUpgradeGate(parts);
  const io = new Server(gate.server, {
    transports: ['websocket'],
    perMessageDeflate: false,
    serveClient: false,
    maxHttpBufferSize: MAX_REQUEST_BYTES,
    connectTimeout: 10_000,
    allowRequest: (request, answer) => {
      const refusal = parts.door.check(request);
      answer(refusal?.message, refusal === null);
    },
  });
  // The default namespace takes everybody in.
  io.use((_socket, next) => next(new Error('There is nothing here.')));
  const stopTelling = tellChanges(io, parts);
  return {
    stop: async () => {
      const stoppedTelling = stopTelling();
      await Promise.all([io.close(), gate.close(), stoppedTelling]);
    },
  };
}

function tellChanges(io: Server, parts: LiveParts): () => Promise<void> {
  const { logger } = parts;
  const onError = (error: unknown) => logger.error({ err: error }, 'live changes: a request failed');
  const feed = new HeldFeed(parts.feed, onError);
  const namespace = io.of(LIVE_NAMESPACE);
  const hub = new LiveHub(namespace, feed);
  const { pool: db = null, limits } = parts;
  const presence = new Presence({ db, feed, onError, refreshIntervalMs: limits?.presenceRefreshMs });
  const requests = new LiveRequests({ hub, feed, presence, db, onError });
  const watch = new LoginWatch({
    feed,
    sources: parts.loginSources,
    members: hub.members,
    recheckIntervalMs: parts.limits?.recheckIntervalMs,
    hold: (holder) => feed.hold(holder),
    release: (holder) => feed.release(holder),
    end: (member) => {
      hub.remove(member);
      member.socket.disconnect(true);
    },
    onError,
  });
  const findSight = createSights(parts.resources);
  namespace.use(authenticate(parts.loginSources, onError));
  namespace.on('connection', (socket) => {
    const { found, startedAtMs } = socket.data as { found: FoundLogin; startedAtMs: number };
    const login = watch.settle(found.login, startedAtMs);
    if (login === null) return socket.disconnect(true);
    const member: Member = {
      socket,
      login,
      source: found.source,
      sight: findSight(login),
      queue: new OutgoingQueue(socket, parts.limits?.queue ?? QUEUE_BOUNDS),
      topics: new Map(),
      attendant: toAttendant(socket, login),
      audience: null,
      isStalled: false,
    };
    hub.add(member);
    watch.begin(member, startedAtMs);
    requests.listen(member);
    socket.on('disconnect', () => {
      hub.remove(member);
      watch.forget(member);
      if (member.attendant) presence.forget(member.attendant);
    });
    socket.emit('status', toMessage(feed.status));
  });
  feed.onTransaction((transaction) => hub.take(transaction));
  feed.onTransaction((transaction) => presence.take(transaction));
  const stopListening = parts.feed.onTransaction((transaction) => {
    watch.take(transaction);
    feed.take(transaction);
  });
  const statuses = new StatusTeller(feed, (message) => {
    for (const { isStalled, socket } of hub.members) if (!isStalled) socket.emit('status', message);
  });
  return () => {
    stopListening();
    feed.stop();
    statuses.stop();
    watch.stop();
    return presence.stop();
  };
}

function toAttendant(socket: Socket, { key, viewer }: Login): Attendant | null {
  const { accountId, name, role } = viewer;
  if (accountId === null) return null;
  const tell = (message: PresenceMessage) => void socket.emit('presence', message);
  return { id: socket.id, sessionKey: key, person: { id: accountId, name, role }, tell };
}

interface FoundLogin {
  readonly login: Login;
  readonly source: LoginSource;
}

function authenticate(sources: readonly LoginSource[], onError: (error: unknown) => void) {
  return async (socket: Socket, next: (error?: ExtendedError) => void) => {
    const startedAtMs = Date.now();
    try {
      const found = await findLogin(sources, socket);
      if (!found) return next(refusal('signed_out', 'You are signed out. Please sign in again.'));
      Object.assign(socket.data, { found, startedAtMs });
      next();
    } catch (error) {
      onError(error);
      next(refusal('unavailable', 'This did not work just now. Please try again.'));
    }
  };
}

async function findLogin(sources: readonly LoginSource[], { request, handshake }: Socket) {
  for (const source of sources) {
    const login = await source.authenticate(request, handshake.auth);
    if (login) return { login, source };
  }
  return null;
}

function refusal(code: string, message: string): ExtendedError {
  return Object.assign(new Error(message), { data: { code, message } });
}

/** Those who see the same share one object, so that what they are told is made once. */
function createSights(resources: readonly Resource[]): (login: Login) => Sight {
  const sights = new Map<string, Sight>();
  return ({ viewer }) => {
    const key = sightKey(viewer);
    const sight = sights.get(key) ?? resolveSight(resources, viewer);
    sights.set(key, sight);
    return sight;
  };
}
