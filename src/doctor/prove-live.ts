import type { ChangeFeed } from '../changes/change-feed.ts';
import { createChangeFeed } from '../changes/create-change-feed.ts';
import type { Change, DirtyReason, Transaction } from '../changes/transaction.ts';
import { introspect } from '../database/introspect.ts';
import type { Pool } from '../database/pool.ts';
import type { Problem } from '../errors.ts';
import { type Finding, found } from './finding.ts';
import { createTrialRow, TRIAL_TABLE, type TrialRow } from './trial-row.ts';

const SUBJECT = 'live';
const ARRIVAL_LIMIT_MS = 5_000;
const CONNECT_LIMIT_MS = 10_000;
const ACCESS_DENIED_ERRNOS: ReadonlySet<number> = new Set([1142, 1143]);
const STEPS = ['insert', 'update', 'delete'] as const;

/**
 * Follows the change feed as the live screens do, inserts, changes and deletes a row of its own, and tells whether each
 * of it arrived, whole, and how soon. Where the account may not write, or the table is not there yet, it tells that the
 * log can be read, and that this proves little.
 */
export async function proveLive({ pool, url }: { pool: Pool; url: string }): Promise<Finding> {
  const warnings: string[] = [];
  const warn = (details: object, message: string) => {
    const { message: cause } = (details as { err?: { message?: string } }).err ?? {};
    warnings.push(cause ? `${message}: ${cause}` : message);
  };
  const endsAtMs = Date.now() + CONNECT_LIMIT_MS;
  const feed = await createChangeFeed({ pool, url, logger: { info: () => undefined, warn } });
  try {
    if (!(await isConnected(feed, endsAtMs - Date.now())))
      return found(SUBJECT, 'wrong', [logUnreadable(warnings)]);
    const table = (await introspect(pool)).find(({ name }) => name === TRIAL_TABLE);
    if (!table) return unproven(`there is no table ${TRIAL_TABLE} yet.`, 'Run `npm run migrate` first.');
    return await proveByRow(feed, await createTrialRow(pool, table), warnings);
  } catch (error) {
    const { errno, message } = error as { errno?: number; message: string };
    if (errno === undefined) throw error;
    const fix = `Name an account that may write ${TRIAL_TABLE}, and a server that takes changes.`;
    return unproven(message, fix, ACCESS_DENIED_ERRNOS.has(errno) ? 'advice' : 'wrong');
  } finally {
    await feed.stop();
  }
}

async function proveByRow(feed: ChangeFeed, row: TrialRow, warnings: readonly string[]): Promise<Finding> {
  const delaysMs: number[] = [];
  try {
    for (const step of STEPS) {
      const arrival = waitForChange(feed, row, step);
      const startedAt = performance.now();
      await row[step]();
      const told = await arrival;
      const problem = told === null ? notTold(step, warnings) : await checkTold(told, row);
      if (problem) return found(SUBJECT, 'wrong', [problem]);
      delaysMs.push(performance.now() - startedAt);
    }
  } finally {
    await row.delete();
  }
  const delayMs = Math.round(Math.max(...delaysMs));
  return found(
    SUBJECT,
    'ok',
    [],
    `a row inserted, changed and deleted here arrived whole, each within ${delayMs} ms`,
  );
}

type Told = { readonly change: Change } | { readonly dirtyBy: DirtyReason };

/** What the feed tells of the row's next step; null where that takes too long. */
function waitForChange(feed: ChangeFeed, row: TrialRow, step: Change['kind']): Promise<Told | null> {
  return new Promise((resolve) => {
    const settle = (told: Told | null) => {
      clearTimeout(limit);
      end();
      resolve(told);
    };
    const limit = setTimeout(() => settle(null), ARRIVAL_LIMIT_MS).unref();
    const end = feed.onTransaction((transaction) => {
      const told = findTold(transaction, row, step);
      if (told) settle(told);
    });
  });
}

function findTold({ changes, dirty }: Transaction, row: TrialRow, step: Change['kind']): Told | null {
  const change = changes.find((candidate) => candidate.kind === step && row.isOwn(candidate));
  if (change) return { change };
  const entry = dirty.find(({ table }) => table === TRIAL_TABLE);
  return entry ? { dirtyBy: entry.reason } : null;
}

async function checkTold(told: Told, row: TrialRow): Promise<Problem | null> {
  if ('dirtyBy' in told) return withoutRows(told.dirtyBy);
  const { kind, after } = told.change;
  if (kind === 'delete') return null;
  const read = await row.read();
  const bent = Object.keys(read ?? {}).filter((name) => after?.[name] !== read?.[name]);
  return bent.length > 0 ? notWhole(bent) : null;
}

/** Whether the feed is connected, or will be within this time: it may begin where there is nothing to catch up with. */
async function isConnected(feed: ChangeFeed, limitMs: number): Promise<boolean> {
  if (feed.status.connected) return true;
  return new Promise((resolve) => {
    const settle = (connected: boolean) => {
      clearTimeout(limit);
      end();
      resolve(connected);
    };
    const limit = setTimeout(() => settle(false), limitMs).unref();
    const end = feed.onStatus(({ connected }) => connected && settle(true));
  });
}

function unproven(message: string, fix: string, verdict: Finding['verdict'] = 'advice'): Finding {
  return found(SUBJECT, verdict, [
    {
      code: 'live_unproven',
      where: 'DATABASE_URL',
      message: `the log can be read; that changes arrive was not tried: ${message}`,
      fix,
    },
  ]);
}

function logUnreadable(warnings: readonly string[]): Problem {
  return {
    code: 'live_unreadable',
    where: 'binary log',
    message: `nothing of it came within ${CONNECT_LIMIT_MS / 1000} s. ${warnings.at(-1) ?? ''}`.trim(),
    fix: "Look into the server's own log for a dump thread that ended.",
  };
}

function notTold(step: string, warnings: readonly string[]): Problem {
  return {
    code: 'live_not_told',
    where: 'binary log',
    message:
      `the ${step} of a row in ${TRIAL_TABLE} did not arrive within ${ARRIVAL_LIMIT_MS / 1000} s. ${warnings.at(-1) ?? ''}`.trim(),
    fix: 'Something keeps it out of the log, or the log is of another server: look for sql_log_bin = 0 (in init_connect, too), filters of the log, and a proxy that sends reads to a replica.',
  };
}

const CURES: Partial<Record<DirtyReason, string>> = {
  statement: 'Set binlog_format = ROW, as told for the binary log.',
  incomplete_row_image: 'Set binlog_row_image = FULL, as told for the binary log.',
};

function withoutRows(reason: DirtyReason): Problem {
  return {
    code: 'live_without_rows',
    where: 'binary log',
    message: `a change in ${TRIAL_TABLE} arrived without its rows (${reason}): screens must read the whole table anew.`,
    fix: CURES[reason] ?? 'Start with LOG_LEVEL=debug, and report what it says of this server.',
  };
}

function notWhole(columns: readonly string[]): Problem {
  return {
    code: 'live_not_whole',
    where: 'binary log',
    message: `a row of ${TRIAL_TABLE} arrived with other values than a query has (${columns.join(', ')}).`,
    fix: 'Set binlog_row_image = FULL and binlog_row_metadata = FULL; where both are, report it with the version of the server.',
  };
}
