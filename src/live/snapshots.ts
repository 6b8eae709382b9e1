import express, { type Router } from 'express';
import type { ChangeFeed } from '../changes/change-feed.ts';
import type { DashboardSnapshot } from '../resources/define-dashboard.ts';

const MAX_AGE_MS = 2_000;

/** A state of the database and its place in the change feed. */
export interface TakenSnapshot {
  readonly cursor: string;
  readonly data: unknown;
}

/** Takes snapshots, each for everybody who asks at about the same time. */
export interface Snapshots {
  /** Null where there is none of this name, or not for this role. */
  take(name: string, role: string): Promise<TakenSnapshot | null>;
}

interface Shared {
  readonly taken: Promise<TakenSnapshot>;
  /** When it was there; null: it is being taken. */
  atMs: number | null;
}

/** What is asked for anew within two seconds is what was taken, unless something changed that is not told in rows. */
export function createSnapshots(
  feed: ChangeFeed,
  definitions: Readonly<Record<string, DashboardSnapshot>>,
): Snapshots {
  const shared = new Map<string, Shared>();
  feed.onTransaction(({ dirty }) => {
    if (dirty.length > 0) shared.clear();
  });
  const share = (name: string, { read }: DashboardSnapshot): Promise<TakenSnapshot> => {
    const known = shared.get(name);
    if (known && (known.atMs === null || Date.now() - known.atMs < MAX_AGE_MS)) return known.taken;
    const entry: Shared = { taken: feed.snapshot(read), atMs: null };
    shared.set(name, entry);
    entry.taken.then(
      () => {
        entry.atMs = Date.now();
      },
      () => {
        if (shared.get(name) === entry) shared.delete(name);
      },
    );
    return entry.taken;
  };
  return {
    take: async (name, role) => {
      const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
      const isAllowed = (definition?.roles as readonly string[] | undefined)?.includes(role);
      return definition && isAllowed ? share(name, definition) : null;
    },
  };
}

/** `GET /live/snapshots/:name` → `{ cursor, data }`, to be mounted below `/admin` behind the sign-in. */
export function createSnapshotRouter(snapshots: Snapshots): Router {
  const router = express.Router();
  router.get('/live/snapshots/:name', async (request, response, next) => {
    const role = request.session.adminUser?.role ?? '';
    const taken = await snapshots.take(request.params.name, role);
    if (taken) response.json(taken);
    else next();
  });
  return router;
}
