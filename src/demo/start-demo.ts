import { setTimeout as delay } from 'node:timers/promises';
import { createPool, type Pool } from '../database/pool.ts';
import { type Problem, ProblemsError } from '../errors.ts';
import { createRandom, type Random } from '../seed/random.ts';
import { workOnSomeOrder } from './agents.ts';
import { type Cast, loadCast } from './cast.ts';
import { placeSomeOrder, sellOutside } from './shoppers.ts';
import { restockFor, restockSome } from './warehouse.ts';

/** Claiming, packing, shipping, delivering, and something over for the rest. */
const STEPS_PER_ORDER = 5;
const SALES_PER_ORDER = 0.2;
const RESTOCK_INTERVAL_MS = 3_000;
const MINUTE_MS = 60_000;
const FIRST_BACKOFF_MS = 1_000;
const LAST_BACKOFF_MS = 15_000;

export interface DemoParts {
  readonly url: string;
  readonly ordersPerMinute: number;
  /** Told one line when the demo begins, and when the database is lost and found again. */
  readonly onProgress: (step: string) => void;
  /** Called where the demo itself is at fault; it has ended then. */
  readonly onFault: (error: unknown) => void;
}

export interface Demo {
  /** Ends it after the transactions that are under way. */
  stop(): Promise<void>;
}

/**
 * Lets simulated people place orders in a seeded store, and its employees work on them, until stopped. What is refused
 * is passed over, a lost database waited for. Throws {@link ProblemsError} where the store is empty.
 */
export async function startDemo(parts: DemoParts): Promise<Demo> {
  const { url, ordersPerMinute, onProgress } = parts;
  const pool = createPool(url, { connectionLimit: 5 });
  const random = createRandom(Date.now() | 0);
  const cast = await loadCast(pool, random).catch(ignoreMissingTable);
  if (!cast) {
    await pool.end();
    throw new ProblemsError([STORE_IS_EMPTY]);
  }
  const stopping = new AbortController();
  const outage = new Outage(onProgress);
  // Waits vary as those between people do.
  const chooseWaitMs = (meanMs: number) => Math.min(-Math.log(1 - random.fraction()), 4) * meanMs;
  const running = Promise.all(
    listActs(pool, cast, random, MINUTE_MS / ordersPerMinute).map(([meanMs, act]) =>
      repeat(act, () => chooseWaitMs(meanMs), outage, stopping.signal),
    ),
  );
  running.catch((error: unknown) => {
    stopping.abort();
    parts.onFault(error);
  });
  const ordersPerDay = (ordersPerMinute * 60 * 24).toLocaleString('en');
  onProgress(`demo: ${ordersPerMinute} orders a minute, ${ordersPerDay} a day; Ctrl-C ends it`);
  return {
    stop: async () => {
      stopping.abort();
      await running.catch(() => undefined);
      await pool.end();
    },
  };
}

/** What people do, and how long they wait in between on average. */
function listActs(pool: Pool, cast: Cast, random: Random, intervalMs: number): [meanMs: number, act: Act][] {
  return [
    [intervalMs, async () => restockFor(pool, cast, await placeSomeOrder(pool, cast, random))],
    [
      intervalMs / STEPS_PER_ORDER,
      async () => restockFor(pool, cast, await workOnSomeOrder(pool, cast, random)),
    ],
    [intervalMs / SALES_PER_ORDER, () => sellOutside(pool, cast, random)],
    [RESTOCK_INTERVAL_MS, () => restockSome(pool, cast, random)],
  ];
}

const MISSING_TABLE_ERRNO = 1146;

function ignoreMissingTable(error: { errno?: number }): null {
  if (error.errno !== MISSING_TABLE_ERRNO) throw error;
  return null;
}

type Act = () => Promise<void>;

async function repeat(
  act: Act,
  chooseWaitMs: () => number,
  outage: Outage,
  signal: AbortSignal,
): Promise<void> {
  let backoffMs = 0;
  while (await pause(Math.max(backoffMs, chooseWaitMs()), signal)) {
    try {
      await act();
      outage.end();
      backoffMs = 0;
    } catch (error) {
      if (!isDatabaseError(error)) throw error;
      outage.begin(error as Error);
      backoffMs = Math.min(Math.max(backoffMs * 2, FIRST_BACKOFF_MS), LAST_BACKOFF_MS);
    }
  }
}

function pause(durationMs: number, signal: AbortSignal): Promise<boolean> {
  return delay(durationMs, true, { signal }).catch(() => false);
}

// What the server or the way to it says has a code; a fault of ours has none.
function isDatabaseError(error: unknown): boolean {
  return typeof (error as { code?: unknown }).code === 'string';
}

/** A time in which the database answers nobody: told once when it begins and once when it ends. */
class Outage {
  private isOver = true;
  private readonly onProgress: DemoParts['onProgress'];

  constructor(onProgress: DemoParts['onProgress']) {
    this.onProgress = onProgress;
  }

  begin({ message }: Error): void {
    if (this.isOver) this.onProgress(`demo: waits, as the database says: ${message}`);
    this.isOver = false;
  }

  end(): void {
    if (!this.isOver) this.onProgress('demo: goes on');
    this.isOver = true;
  }
}

const STORE_IS_EMPTY: Problem = {
  code: 'store_empty',
  where: 'npm run demo',
  message: 'the store has no films, customers or employees to play with.',
  fix: 'Run `npm run migrate` and `npm run seed` first.',
};

/** Nobody's real orders are mixed with made-up ones: throws {@link ProblemsError} unless the schema was named. */
export function checkDemoTarget(databaseUrl: string | null, mayWriteTo: string | null): void {
  if (databaseUrl === null) return;
  const schema = decodeURIComponent(new URL(databaseUrl).pathname.slice(1));
  if (schema === mayWriteTo) return;
  throw new ProblemsError([
    {
      code: 'demo_not_confirmed',
      where: 'DATABASE_URL',
      message: `names the schema '${schema}', in which the demo would place orders and move stock.`,
      fix: `If nothing in it matters: npm run demo -- --yes-write-to ${schema}. Without DATABASE_URL the demo plays in a database of its own.`,
    },
  ]);
}
