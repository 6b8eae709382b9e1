import { setTimeout as delay } from 'node:timers/promises';
import type { ConnectionOptions } from 'mysql2';
import type { Queryable } from '../database/pool.ts';
import type { FeedLogger } from './change-feed.ts';
import type { LogEvent } from './log/decode-event.ts';
import { findLogFiles, logEnd } from './log-extent.ts';
import { LogPlace } from './log-place.ts';
import { comparePositions, type LogPosition } from './log-position.ts';
import { type LogReader, openLogReader } from './log-reader.ts';
import { onOwnConnection } from './own-connection.ts';

const FIRST_BACKOFF_MS = 100;
const LAST_BACKOFF_MS = 10_000;
/** The server cannot read its log from where it was asked to. */
const PLACE_REFUSED_ERRNO = 1236;

export interface LogFollowerParts {
  readonly connection: ConnectionOptions;
  readonly logger: FeedLogger;
  /** Whether the place behind the event that was taken last is one to go on from. */
  isBetweenTransactions(): boolean;
  /** Before each link, on a connection of its own. Returns what tells this server's log from that of others. */
  prepare(db: Queryable): Promise<string>;
  /** Where the log ends now. */
  findEnd(): Promise<LogPosition>;
  /** The log does not go on from where it was left, but from `position`: everything may have changed. */
  onLost(position: LogPosition): void;
  /** Takes an event that ends at `position`; the log waits for what it returns. `isCurrent` is false once the link ended. */
  onEvent(event: LogEvent, position: LogPosition, isCurrent: () => boolean): Promise<void> | undefined;
  onUndecodable(error: unknown): void;
  onConnected(isConnected: boolean): void;
}

/** Follows the server's log over any number of links: each goes on from where the last one was left. */
export class LogFollower {
  private readonly parts: LogFollowerParts;
  private readonly stopping = new AbortController();
  private place: LogPlace;
  private identity: string | null = null;
  private isPlaceLost = false;
  private reader: LogReader | null = null;
  private running: Promise<void> = Promise.resolve();
  private backoffMs = FIRST_BACKOFF_MS;
  private isEndAsked = false;

  constructor(parts: LogFollowerParts, from: LogPosition) {
    this.parts = parts;
    this.place = LogPlace.at(from);
  }

  start(): void {
    this.running = this.readLinks();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.reader?.stop();
    await this.running;
  }

  /** Ends the link; the next one goes on from the last place between two transactions. */
  breakLink(): void {
    void this.reader?.stop();
  }

  private async readLinks(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.readLink();
      } catch (error) {
        if ((error as { errno?: number }).errno === PLACE_REFUSED_ERRNO) this.isPlaceLost = true;
        this.parts.logger.warn({ err: error }, 'the database log cannot be read now; trying again');
      }
      this.reader = null;
      this.parts.onConnected(false);
      await delay(this.backoffMs * (0.5 + Math.random() / 2), null, this.stopping).catch(() => undefined);
      this.backoffMs = Math.min(this.backoffMs * 2, LAST_BACKOFF_MS);
    }
  }

  private async readLink(): Promise<void> {
    await onOwnConnection(this.parts.connection, (db) => this.findPlace(db));
    if (this.stopping.signal.aborted) return;
    const { place } = this;
    let isProven = false;
    const reader = openLogReader({
      connection: this.parts.connection,
      from: place.from,
      onEvent: (event, bytes, position) => {
        if (isProven) this.take(reader, event, bytes, position);
        else isProven = this.prove(reader, place, event, bytes, position);
      },
      onUndecodable: (error) => this.parts.onUndecodable(error),
    });
    this.reader = reader;
    await reader.ended;
  }

  /** Makes sure that the log goes on from where it was left; where it does not, everything may have changed. */
  private async findPlace(db: Queryable): Promise<void> {
    const files = await findLogFiles(db);
    const identity = await this.parts.prepare(db);
    const isOther = this.identity !== null && this.identity !== identity;
    this.identity = identity;
    if (!isOther && !this.isPlaceLost && this.place.isHeldBy(files)) return;
    this.parts.logger.warn({ ...this.place.position }, 'the database log no longer holds what comes next');
    this.isPlaceLost = false;
    this.place = LogPlace.at(logEnd(files));
    this.parts.onLost(this.place.position);
  }

  /** Takes a link's first events; returns whether they are of the log that was left, in which case all that follow are taken. */
  private prove(
    reader: LogReader,
    place: LogPlace,
    event: LogEvent,
    bytes: Buffer,
    position: LogPosition,
  ): boolean {
    const verdict = place.judge(event, bytes);
    if (verdict === null) {
      if (event.kind === 'format') this.take(reader, event, bytes, position);
      return false;
    }
    if (verdict === 'other') {
      this.isPlaceLost = true;
      this.breakLink();
      return false;
    }
    this.backoffMs = FIRST_BACKOFF_MS;
    this.parts.onConnected(true);
    if (!place.beginsWithKnownEvent) this.take(reader, event, bytes, position);
    return true;
  }

  private take(reader: LogReader, event: LogEvent, bytes: Buffer, position: LogPosition): void {
    if (event.kind === 'heartbeat') void this.checkEnd(reader);
    const isCurrent = () => this.reader === reader && !this.stopping.signal.aborted;
    const pass = () => {
      if (this.parts.isBetweenTransactions()) this.place = this.place.after(event, bytes, position);
    };
    const done = this.parts.onEvent(event, position, isCurrent);
    if (!done) {
      pass();
      return;
    }
    reader.pause();
    void done
      .catch((error: unknown) => this.parts.onUndecodable(error))
      .then(() => {
        if (!isCurrent()) return;
        pass();
        reader.resume();
      });
  }

  /** A server whose log was reset under a link sends nothing of the new one until that is as long as the old one was. */
  private async checkEnd(reader: LogReader): Promise<void> {
    if (this.isEndAsked) return;
    this.isEndAsked = true;
    const { position } = this.place;
    // A server that does not answer ends the link as well.
    const end = await this.parts.findEnd().catch(() => position);
    this.isEndAsked = false;
    if (this.reader !== reader || comparePositions(end, position) >= 0) return;
    this.isPlaceLost = true;
    this.breakLink();
  }
}
