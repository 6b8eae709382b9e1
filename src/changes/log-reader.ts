import { randomInt } from 'node:crypto';
import ZongJi from '@vlasky/zongji';
import type { ConnectionOptions } from 'mysql2';
import type { LogEvent, RotateEvent } from './log-event.ts';
import type { LogPosition } from './log-position.ts';

const HEARTBEAT_MS = 2_000;
/** A link on which nothing came for so long is broken, whatever the sockets say. */
const SILENCE_LIMIT_MS = 3 * HEARTBEAT_MS;
const CONNECT_LIMIT_MS = 15_000;
const WATCH_INTERVAL_MS = 500;
const STOP_LIMIT_MS = 2_000;
// Below lie the ids that people give to their servers.
const SERVER_IDS = [1_000_000, 4_294_967_295] as const;

export interface LogReaderParts {
  readonly connection: ConnectionOptions;
  /** Rows of other schemas are passed over. */
  readonly schema: string;
  readonly from: LogPosition;
  /** An event, and where it ends. */
  onEvent(event: LogEvent, position: LogPosition): void;
  /** An event could not be decoded. */
  onUndecodable(error: Error): void;
}

/** One link to the server's log: it reads until it breaks or is stopped, and is not used again. */
export interface LogReader {
  /** Settles when the link has ended; rejects with why, where nobody stopped it. */
  readonly ended: Promise<void>;
  /** Lets the server wait; what it sent meanwhile stays in the socket. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

/**
 * Reads the log from a position on, as a replica with a server id of its own for this link. The server sends a sign of
 * life every two seconds; one that does not come is a broken link.
 */
export function openLogReader(parts: LogReaderParts): LogReader {
  const { file, offset } = parts.from;
  const zongji = new ZongJi(parts.connection);
  let position = parts.from;
  let lastHeardMs = Date.now();
  let isReady = false;
  let isPaused = false;
  let settle: (error: Error | null) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    settle = (error) => (error ? reject(error) : resolve());
  });
  // Whoever waits for the end hears of it; until then it is nobody's unhandled rejection.
  ended.catch(() => undefined);
  const end = async (error: Error | null) => {
    clearInterval(watch);
    settle(error);
    await stopReading(zongji);
  };
  const watch = setInterval(() => {
    const limitMs = isReady ? SILENCE_LIMIT_MS : CONNECT_LIMIT_MS;
    if (!isPaused && Date.now() - lastHeardMs > limitMs)
      void end(new Error(`The server's log was silent for ${limitMs / 1000} seconds.`));
  }, WATCH_INTERVAL_MS);
  zongji.on('ready', () => {
    isReady = true;
  });
  zongji.on('binlog', (event: LogEvent) => {
    lastHeardMs = Date.now();
    position = endOf(event, position);
    parts.onEvent(event, position);
  });
  zongji.on('error', (error: Error) => {
    if (!isDecodingError(error)) {
      void end(error);
      return;
    }
    parts.onUndecodable(error);
    // Where it looked in vain for a table's columns, it waits for ever.
    if (!isPaused) connectionOf(zongji)?.resume();
  });
  zongji.start({
    serverId: randomInt(...SERVER_IDS),
    filename: file,
    position: offset,
    includeSchema: { [parts.schema]: true },
  });
  askForHeartbeats(zongji);
  return {
    ended,
    pause: () => {
      isPaused = true;
      connectionOf(zongji)?.pause();
    },
    resume: () => {
      isPaused = false;
      lastHeardMs = Date.now();
      connectionOf(zongji)?.resume();
    },
    stop: () => end(null),
  };
}

interface LogConnection {
  query(sql: string, done: (error: Error | null) => void): void;
  pause(): void;
  resume(): void;
}

/** The connection that the log comes over, which the library does not name in its types. */
function connectionOf(zongji: ZongJi): LogConnection | null {
  return (zongji as unknown as { connection: LogConnection | null }).connection;
}

/** Commands wait in line, so these run before the one that asks for the log. */
function askForHeartbeats(zongji: ZongJi): void {
  const periodNs = HEARTBEAT_MS * 1_000_000;
  connectionOf(zongji)?.query(
    `SET @master_heartbeat_period = ${periodNs}, @source_heartbeat_period = ${periodNs}`,
    (error) => error && zongji.emit('error', error),
  );
}

/** A broken link has an error number or code; an event that could not be read has neither. */
function isDecodingError(error: Error): boolean {
  return !('errno' in error) && !('code' in error) && !error.message.startsWith('Control connection');
}

function endOf(event: LogEvent, before: LogPosition): LogPosition {
  if (event.getEventName() === 'rotate') {
    const { binlogName, position } = event as RotateEvent;
    return { file: binlogName, offset: position };
  }
  return event.nextPosition > 0 ? { file: before.file, offset: event.nextPosition } : before;
}

async function stopReading(zongji: ZongJi): Promise<void> {
  const stopped = new Promise((resolve) => zongji.once('stopped', resolve));
  const limit = new Promise((resolve) => setTimeout(resolve, STOP_LIMIT_MS).unref());
  zongji.stop();
  await Promise.race([stopped, limit]);
  zongji.removeAllListeners();
  zongji.on('error', () => undefined);
}
