import { randomInt } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { type Connection, type ConnectionOptions, createConnection } from 'mysql2';
import { decodeLogEvent, type LogEvent } from './log/decode-event.ts';
import { advance, type LogPosition } from './log-position.ts';
import { onOwnConnection } from './own-connection.ts';

const HEARTBEAT_MS = 1_000;
/** A link on which nothing came for so long is broken, whatever the sockets say. */
const SILENCE_LIMIT_MS = 6 * HEARTBEAT_MS;
const CONNECT_LIMIT_MS = 15_000;
const WATCH_INTERVAL_MS = 500;
const STOP_LIMIT_MS = 2_000;
// Below lie the ids that people give to their servers.
const SERVER_IDS = [1_000_000, 4_294_967_295] as const;
const BINLOG_DUMP = 0x12;
const BINLOG_DUMP_BYTES = 11;
const PACKET_HEADER_BYTES = 4;

export interface LogReaderParts {
  readonly connection: ConnectionOptions;
  readonly from: LogPosition;
  /** An event, its bytes as they came, and where it ends. */
  onEvent(event: LogEvent, bytes: Buffer, position: LogPosition): void;
  /** An event that ends at `position` could not be decoded. */
  onUndecodable(error: unknown, position: LogPosition): void;
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
 * Reads the log from a position on, as a replica with a server id of its own for this link. A server that has nothing to
 * tell sends a sign of life every second; six that do not come are a broken link.
 */
export function openLogReader(parts: LogReaderParts): LogReader {
  const connection = createConnection(parts.connection);
  let lastHeardMs = Date.now();
  let isReady = false;
  let isPaused = false;
  let settle: (error: Error | null) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    settle = (error) => (error ? reject(error) : resolve());
  });
  // Whoever waits for the end hears of it; until then it is nobody's unhandled rejection.
  ended.catch(() => undefined);
  const end = (error: Error | null) => {
    clearInterval(watch);
    settle(error);
    connection.destroy();
  };
  const watch = setInterval(() => {
    const limitMs = isReady ? SILENCE_LIMIT_MS : CONNECT_LIMIT_MS;
    if (!isPaused && Date.now() - lastHeardMs > limitMs)
      end(new Error(`The server's log was silent for ${limitMs / 1000} seconds.`));
  }, WATCH_INTERVAL_MS);
  connection.on('error', end);
  const decoder = new LogDecoder(parts);
  const dump = new BinlogDump(parts.from, (bytes) => {
    lastHeardMs = Date.now();
    isReady = true;
    decoder.take(bytes);
  });
  dump.on('error', end);
  dump.on('end', () => end(new Error('The server ended its log.')));
  for (const statement of SESSION_STATEMENTS) connection.query(statement, (error) => error && end(error));
  // Commands wait in line; the driver's types do not name the way to add one.
  (connection as Connection & { addCommand(command: BinlogDump): void }).addCommand(dump);
  return {
    ended,
    pause: () => {
      isPaused = true;
      connection.pause();
    },
    resume: () => {
      isPaused = false;
      lastHeardMs = Date.now();
      connection.resume();
    },
    stop: async () => {
      clearInterval(watch);
      settle(null);
      await endDump(parts.connection, connection.threadId);
      connection.destroy();
    },
  };
}

/** A server notices only at its next sign of life that nobody listens: it is told, where it answers in time. */
async function endDump(options: ConnectionOptions, threadId: number | undefined): Promise<void> {
  if (!threadId) return;
  const killed = onOwnConnection(options, (db) => db.query(`KILL ${threadId}`)).catch(() => undefined);
  await Promise.race([killed, new Promise((resolve) => setTimeout(resolve, STOP_LIMIT_MS).unref())]);
}

const PERIOD_NS = HEARTBEAT_MS * 1_000_000;
/** As replicas do: signs of life; checksums as the files have them; on MariaDB, transactions with their own marks. */
const SESSION_STATEMENTS = [
  `SET @master_heartbeat_period = ${PERIOD_NS}, @source_heartbeat_period = ${PERIOD_NS}`,
  "SET @master_binlog_checksum = 'CRC32', @source_binlog_checksum = 'CRC32'",
  'SET @mariadb_slave_capability = 4',
];

/** Follows the position and the format through the files of the log. */
class LogDecoder {
  private readonly parts: LogReaderParts;
  private position: LogPosition;
  private hasChecksums = true;

  constructor(parts: LogReaderParts) {
    this.parts = parts;
    this.position = parts.from;
  }

  take(bytes: Buffer): void {
    let event: LogEvent;
    try {
      event = decodeLogEvent(bytes, this.hasChecksums);
    } catch (error) {
      this.position = advance(this.position, bytes.readUInt32LE(13));
      this.parts.onUndecodable(error, this.position);
      return;
    }
    if (event.kind === 'format') this.hasChecksums = event.hasChecksums;
    this.position = event.kind === 'rotate' ? event.to : advance(this.position, event.nextPosition);
    this.parts.onEvent(event, bytes, this.position);
  }
}

/** What the driver hands to a command of ours. */
interface Packet {
  readonly buffer: Buffer;
  readonly offset: number;
  readonly end: number;
  isEOF(): boolean;
  isError(): boolean;
  asError(encoding: string): Error;
}

interface CommandConnection {
  readonly clientEncoding: string;
  _resetSequenceId(): void;
  writePacket(packet: unknown): void;
}

/** COM_BINLOG_DUMP as a command of the driver, which calls `execute` with each packet until it returns true. */
class BinlogDump extends EventEmitter<{ error: [Error]; end: [] }> {
  private readonly from: LogPosition;
  private readonly onEvent: (bytes: Buffer) => void;
  private isSent = false;

  constructor(from: LogPosition, onEvent: (bytes: Buffer) => void) {
    super();
    this.from = from;
    this.onEvent = onEvent;
  }

  execute(packet: Packet | null, connection: CommandConnection): boolean {
    if (!this.isSent) {
      this.isSent = true;
      connection._resetSequenceId();
      connection.writePacket(encodeDump(this.from));
      return false;
    }
    if (packet?.isError()) {
      this.emit('error', packet.asError(connection.clientEncoding));
      return true;
    }
    if (!packet || packet.isEOF()) {
      this.emit('end');
      return true;
    }
    // Before the event: a byte that says that it is one.
    this.onEvent(packet.buffer.subarray(packet.offset + 1, packet.end));
    return false;
  }
}

function encodeDump({ file, offset }: LogPosition) {
  const buffer = Buffer.alloc(PACKET_HEADER_BYTES + BINLOG_DUMP_BYTES + Buffer.byteLength(file));
  buffer.writeUInt8(BINLOG_DUMP, 4);
  buffer.writeUInt32LE(offset, 5);
  buffer.writeUInt32LE(randomInt(...SERVER_IDS), 11);
  buffer.write(file, 15);
  return {
    buffer,
    length: () => buffer.length,
    writeHeader: (sequenceId: number) => {
      buffer.writeUIntLE(buffer.length - PACKET_HEADER_BYTES, 0, 3);
      buffer.writeUInt8(sequenceId, 3);
    },
  };
}
