import { setTimeout as delay } from 'node:timers/promises';
import express, { type Router } from 'express';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { ChangeFeed } from '../changes/change-feed.ts';
import type { Queryable } from '../database/pool.ts';
import { refuse } from '../errors.ts';
import type { DashboardSnapshot } from '../resources/define-dashboard.ts';
import type { ReadContext } from '../resources/panel-context.ts';
import type { Viewer } from './viewer.ts';

const MAX_AGE_MS = 2_000;
const INTERVAL_MS = 1_000;
/** Of one session in ten seconds: many pages, each of which reads once a second at most. */
const REQUESTS = { points: 200, duration: 10 };
const TOO_MANY_REQUESTS = refuse('too_many_requests', 'These were too many requests. Please wait a moment.');

/** A state of the database and its place in the change feed. */
export interface TakenSnapshot {
  readonly cursor: string;
  readonly data: unknown;
}

/** Takes snapshots, each for everybody who sees the same and asks at about the same time. */
export interface Snapshots {
  /** Null where there is none of this name, or not for this role. */
  take(name: string, who: Asker): Promise<TakenSnapshot | null>;
}

/** Whose snapshot it is: what they see decides what is in it. */
export type Asker = Pick<Viewer, 'role' | 'tables'>;

/** What somebody sees. */
export interface AskerSight {
  /** Those who see the same have the same key. */
  readonly key: string;
  readOn(db: Queryable): ReadContext;
}

/**
 * What is asked for anew within two seconds is what was taken, unless something changed that is not told in rows: then
 * the next one is taken, one second after the last at the earliest.
 */
export function createSnapshots(
  feed: ChangeFeed,
  definitions: Readonly<Record<string, DashboardSnapshot>>,
  sightOf: (who: Asker) => AskerSight,
): Snapshots {
  const shared = new Map<string, SharedSnapshot>();
  const share = (name: string, { read }: DashboardSnapshot, { key, readOn }: AskerSight) => {
    const sharedKey = JSON.stringify([name, key]);
    const known = shared.get(sharedKey) ?? new SharedSnapshot(() => feed.snapshot((db) => read(readOn(db))));
    shared.set(sharedKey, known);
    return known;
  };
  const outdate = () => {
    for (const snapshot of shared.values()) snapshot.outdate();
  };
  feed.onTransaction(({ dirty }) => {
    if (dirty.length === 0) return;
    outdate();
    // The log may tell of a commit before its rows can be read.
    setTimeout(outdate, INTERVAL_MS).unref();
  });
  return {
    take: async (name, who) => {
      const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
      const roles: readonly string[] = definition?.roles ?? [];
      return definition && roles.includes(who.role) ? share(name, definition, sightOf(who)).take() : null;
    },
  };
}

interface Taken {
  readonly result: Promise<TakenSnapshot>;
  readonly startedAtMs: number;
  /** When it was there; null: it is being taken. */
  atMs: number | null;
  isOutdated: boolean;
}

/** One snapshot for all who ask for it: never two at a time, and none within a second of another. */
class SharedSnapshot {
  private readonly read: () => Promise<TakenSnapshot>;
  private last: Taken | null = null;
  private next: Promise<TakenSnapshot> | null = null;

  constructor(read: () => Promise<TakenSnapshot>) {
    this.read = read;
  }

  /** What is being read, or was, may not show what has changed now. */
  outdate(): void {
    if (this.last) this.last.isOutdated = true;
  }

  take(): Promise<TakenSnapshot> {
    const { last } = this;
    const isFresh = last?.atMs === null || Date.now() - (last?.atMs ?? 0) < MAX_AGE_MS;
    if (last && isFresh && !last.isOutdated) return last.result;
    this.next ??= this.takeNext(last);
    return this.next;
  }

  private async takeNext(last: Taken | null): Promise<TakenSnapshot> {
    await last?.result.catch(() => undefined);
    if (last) await delay(Math.max(0, last.startedAtMs + INTERVAL_MS - Date.now()));
    this.next = null;
    const taken: Taken = { result: this.read(), startedAtMs: Date.now(), atMs: null, isOutdated: false };
    this.last = taken;
    taken.result.then(
      () => {
        taken.atMs = Date.now();
      },
      () => {
        taken.isOutdated = true;
      },
    );
    return taken.result;
  }
}

/** `GET /live/snapshots/:name` → `{ cursor, data }`, to be mounted below `/admin` behind the sign-in. */
export function createSnapshotRouter(snapshots: Snapshots): Router {
  const router = express.Router();
  const limiter = new RateLimiterMemory(REQUESTS);
  router.get('/live/snapshots/:name', async (request, response, next) => {
    const isAdmitted = await limiter.consume(request.sessionID).then(
      () => true,
      () => false,
    );
    if (!isAdmitted) return void response.status(429).set('Retry-After', '10').json(TOO_MANY_REQUESTS);
    const role = request.session.adminUser?.role ?? '';
    const taken = await snapshots.take(request.params.name, { role, tables: null });
    if (taken) response.json(taken);
    else next();
  });
  return router;
}
