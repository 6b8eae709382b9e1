import { io, type Socket } from 'socket.io-client';
import {
  LIVE_NAMESPACE,
  type LiveTransaction,
  type PresenceMessage,
  type ResyncMessage,
  type StatusMessage,
  type SubscribeAnswer,
} from '../../live/protocol.ts';
import { siteUrl } from '../site-url.ts';
import type { LiveConnection, LivePhase, LiveState } from './live-connection.ts';
import { Presences } from './presences.ts';
import { TopicStreams } from './topic-streams.ts';

const ANSWER_LIMIT_MS = 15_000;
/** From here on the lag is told. */
const NOTABLE_LAG_MS = 2_000;
const SIGNED_OUT_RETRY_MS = 20_000;

/** A wait that keeps pages from coming back all at once: half to one and a half times as long. */
export function jitter(delayMs: number): number {
  return delayMs * (0.5 + Math.random());
}

/**
 * Opens the page's socket at its own host, and keeps it open. `auth` is given to the server at each handshake, for
 * pages that are not signed in by a cookie.
 */
export function connectLive({ auth }: { auth?: Record<string, string> } = {}): LiveConnection {
  // The waiting between attempts, forever: 0.5 s at first, 8 s at last, each ± a half.
  const socket = io(LIVE_NAMESPACE, {
    path: siteUrl('/socket.io'),
    transports: ['websocket'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 8_000,
    randomizationFactor: 0.5,
    timeout: 10_000,
    auth,
  });
  const streams = createStreams(socket);
  const states = new LiveStates();
  const presences = new Presences((request) => socket.emit('presence', request, () => undefined));
  let heardAtMs: number | null = null;
  const hear = () => {
    heardAtMs = Date.now();
  };
  socket.on('connect', hear);
  socket.onAny(hear);
  socket.io.on('ping', hear);
  socket.on('connect', () => {
    states.connect();
    streams.connect();
    presences.connect();
  });
  socket.on('disconnect', () => {
    states.set('offline');
    streams.disconnect();
    presences.disconnect();
    reviveLater(socket, 1_000);
  });
  socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
    const isSignedOut = error.data?.code === 'signed_out';
    states.set(isSignedOut ? 'signed-out' : 'offline');
    reviveLater(socket, isSignedOut ? SIGNED_OUT_RETRY_MS : 5_000);
  });
  socket.on('transaction', (transaction: LiveTransaction) => streams.take(transaction));
  socket.on('resync', (message: ResyncMessage) => streams.takeResync(message));
  socket.on('presence', (message: PresenceMessage) => presences.take(message));
  socket.on('status', (status: StatusMessage) => states.takeStatus(status));
  return {
    get state() {
      return states.state;
    },
    get heardAtMs() {
      return heardAtMs;
    },
    onState: (listener) => states.listen(listener),
    subscribe: (topics, listener, since) => streams.subscribe(topics, listener, since),
    attend: (topic, mode, listener) => presences.attend(topic, mode, listener),
    close: () => {
      socket.disconnect();
    },
  };
}

function createStreams(socket: Socket): TopicStreams {
  return new TopicStreams({
    subscribe: (request, done) => {
      socket
        .timeout(ANSWER_LIMIT_MS)
        .emit('subscribe', request, (error: Error | null, answer?: SubscribeAnswer) =>
          done(error ? null : (answer ?? null)),
        );
    },
    unsubscribe: (topic) => {
      socket.timeout(ANSWER_LIMIT_MS).emit('unsubscribe', { topic }, () => undefined);
    },
    later: (run) => {
      setTimeout(run, jitter(3_000));
    },
  });
}

// Where the server ended or refused the connection, the library does not try again by itself.
function reviveLater(socket: Socket, delayMs: number): void {
  if (socket.active) return;
  setTimeout(() => {
    if (!socket.connected) socket.connect();
  }, jitter(delayMs));
}

class LiveStates {
  state: LiveState = { phase: 'connecting', lagMs: 0 };
  private readonly listeners = new Set<(state: LiveState) => void>();

  listen(listener: (state: LiveState) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  connect(): void {
    if (this.state.phase !== 'connecting') this.set('live');
  }

  takeStatus({ mode, connected, lagMs }: StatusMessage): void {
    if (mode === 'panel-only') this.set('panel-only');
    else if (!connected || lagMs >= NOTABLE_LAG_MS) this.set('catching-up', lagMs);
    else this.set('live');
  }

  set(phase: LivePhase, lagMs = 0): void {
    if (phase === this.state.phase && lagMs === this.state.lagMs) return;
    this.state = { phase, lagMs };
    for (const listener of this.listeners) listener(this.state);
  }
}
