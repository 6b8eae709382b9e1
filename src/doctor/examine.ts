import { findLogFiles, logEnd } from '../changes/log-extent.ts';
import { openLogReader } from '../changes/log-reader.ts';
import { checkBinaryLog } from '../database/binary-log.ts';
import { maskPassword } from '../database/connection-error.ts';
import { parseConnectionUrl } from '../database/connection-url.ts';
import { findPendingMigrations } from '../database/migrate.ts';
import { CONNECTION_OPTIONS, createPool, type Pool } from '../database/pool.ts';
import { checkGrants, checkServer } from '../database/preflight.ts';
import { checkClock, checkConnections, checkEncryption, checkPacketSize } from '../database/server-health.ts';
import { findServerKind } from '../database/server-kind.ts';
import { type Problem, ProblemsError } from '../errors.ts';
import { checkAccounts } from '../http/accounts.ts';
import { checkProxySettings, type ProxySettings } from '../proxy-settings.ts';

/** What was found of one thing that the panel or its live screens need. */
export interface Finding {
  readonly subject: string;
  /** 'wrong': something does not work, or not fully; 'advice': everything works, and could work better. */
  readonly verdict: 'ok' | 'advice' | 'wrong';
  /** What was seen where nothing is wrong. */
  readonly note: string;
  readonly problems: readonly Problem[];
}

type Look = (patient: { pool: Pool; url: string }) => Promise<Finding | Finding[]>;

const SUBJECTS: readonly [subject: string, look: Look][] = [
  ['encryption', lookAtEncryption],
  ['tables', lookAtTables],
  ['binary log', lookAtLog],
  ['clock', async ({ pool }) => advise('clock', await checkClock(pool), 'agrees with this machine')],
  ['packets', async ({ pool }) => advise('packets', await checkPacketSize(pool), 'large enough')],
  ['connections', async ({ pool }) => advise('connections', await checkConnections(pool), 'enough are free')],
];

/** Looks at everything between this program and a database, without changing anything there. */
export async function examine(url: string): Promise<Finding[]> {
  const pool = createPool(url, { connectionLimit: 2 });
  try {
    const server = await lookAtServer(pool, url);
    if (server.verdict === 'wrong') return [server];
    const findings = [server];
    for (const [subject, look] of SUBJECTS)
      findings.push(...[await look({ pool, url }).catch((error) => describeFailure(subject, error))].flat());
    return findings;
  } finally {
    await pool.end();
  }
}

/** Looks at what the settings say of the way from browsers to the program. */
export function examineProxySettings(settings: ProxySettings): Finding {
  const problems = checkProxySettings(settings);
  const isWrong = problems.some(({ code }) => code === 'proxy_not_trusted');
  const note = settings.publicUrl ?? 'no proxy is set';
  return isWrong ? found('proxy', 'wrong', problems) : advise('proxy', problems, note);
}

async function lookAtServer(pool: Pool, url: string): Promise<Finding> {
  const problems = await checkServer(pool, url);
  if (problems.length > 0) return found('server', 'wrong', problems);
  const { flavour, host, version } = await findServerKind(pool);
  const product = { mysql: 'MySQL', mariadb: 'MariaDB' }[flavour];
  const place = { own: '', rds: ' on Amazon RDS', aurora: ' on Amazon Aurora' }[host];
  return found('server', 'ok', [], `${product} ${/^[\d.]+/.exec(version)}${place}, ${maskPassword(url)}`);
}

async function lookAtEncryption({ pool, url }: { pool: Pool; url: string }): Promise<Finding> {
  return advise('encryption', await checkEncryption(pool, url), 'nobody can listen on the way');
}

async function lookAtTables({ pool }: { pool: Pool }): Promise<Finding[]> {
  const due = await findPendingMigrations(pool, ['panel']);
  if (due.length > 0) {
    const message = `the panel's tables lack ${due.join(', ')}.`;
    const fix = 'Run `npm run migrate` (`npm run migrate -- --panel` makes the panel_* tables alone).';
    return [found('tables', 'wrong', [{ code: 'migrations_due', where: 'DATABASE_URL', message, fix }])];
  }
  const missing = await checkGrants(pool);
  const storeDue = await findPendingMigrations(pool, ['store']);
  const advice = storeDue.map((name) => ({
    code: 'migrations_due',
    where: `migrations/${name}`,
    message: 'has not run.',
    fix: "Run `npm run migrate`, if this is Gorak's store.",
  }));
  return [
    advise('tables', advice, 'every migration has run'),
    found('grants', missing.length > 0 ? 'wrong' : 'ok', missing, 'the panel may read and write its tables'),
    ...(missing.length > 0 ? [] : [advise('accounts', await checkAccounts(pool), 'somebody can sign in')]),
  ];
}

async function lookAtLog({ pool, url }: { pool: Pool; url: string }): Promise<Finding[]> {
  const report = await checkBinaryLog(pool);
  const wrong = [...report.stops, ...report.gaps];
  const findings = [
    ...(wrong.length > 0 ? [found('binary log', 'wrong', wrong)] : []),
    ...(report.advice.length > 0 ? [found('binary log', 'advice', report.advice)] : []),
  ];
  if (findings.length === 0) findings.push(found('binary log', 'ok', [], 'tells every change row by row'));
  return report.stops.length > 0 ? findings : [...findings, await tryLog(pool, url)];
}

/** Opens the log as the live screens do, and measures how soon the server begins to tell. */
async function tryLog(pool: Pool, url: string): Promise<Finding> {
  const from = logEnd(await findLogFiles(pool));
  const startedAt = performance.now();
  let hear: (delayMs: number) => void = () => undefined;
  const heard = new Promise<number>((resolve) => {
    hear = resolve;
  });
  const reader = openLogReader({
    connection: { ...parseConnectionUrl(url), ...CONNECTION_OPTIONS },
    from,
    onEvent: () => hear(performance.now() - startedAt),
    onUndecodable: () => undefined,
  });
  try {
    const delayMs = await Promise.race([heard, reader.ended.then(() => Number.NaN)]);
    return found('live', 'ok', [], `the log answers after ${Math.round(delayMs)} ms`);
  } finally {
    await reader.stop();
  }
}

function advise(subject: string, problems: readonly Problem[], note: string): Finding {
  return found(subject, problems.length > 0 ? 'advice' : 'ok', problems, note);
}

function found(
  subject: string,
  verdict: Finding['verdict'],
  problems: readonly Problem[],
  note = '',
): Finding {
  return { subject, verdict, problems, note };
}

// What the server refuses is a finding; anything else is a fault of ours.
function describeFailure(subject: string, error: unknown): Finding {
  if (error instanceof ProblemsError) return found(subject, 'wrong', error.problems);
  const { errno, message } = error as { errno?: number; message: string };
  if (errno === undefined) throw error;
  const fix = 'Let this account do it, or look into the server.';
  return found(subject, 'wrong', [{ code: 'look_failed', where: 'DATABASE_URL', message, fix }]);
}
