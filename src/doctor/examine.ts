import { checkBinaryLog } from '../database/binary-log.ts';
import { maskPassword } from '../database/connection-error.ts';
import { findPendingMigrations } from '../database/migrate.ts';
import { tryMigrationGrants } from '../database/migration-trial.ts';
import { createPool, type Pool } from '../database/pool.ts';
import { checkGrants, checkServer } from '../database/preflight.ts';
import {
  checkClock,
  checkConnections,
  checkEncryption,
  checkIdleLimit,
  checkPacketSize,
  checkTimeZone,
} from '../database/server-health.ts';
import { findServerKind } from '../database/server-kind.ts';
import { checkTableGrants } from '../database/table-grants.ts';
import { type Problem, ProblemsError } from '../errors.ts';
import { checkAccounts } from '../http/accounts.ts';
import { checkProxySettings, type ProxySettings } from '../proxy-settings.ts';
import { advise, type Finding, found } from './finding.ts';
import { proveLive } from './prove-live.ts';

type Look = (patient: { pool: Pool; url: string }) => Promise<Finding | Finding[]>;

const SUBJECTS: readonly [subject: string, look: Look][] = [
  ['encryption', lookAtEncryption],
  ['tables', lookAtTables],
  ['binary log', lookAtLog],
  ['clock', lookAtClock],
  ['packets', async ({ pool }) => advise('packets', await checkPacketSize(pool), 'large enough')],
  ['connections', lookAtConnections],
];

/**
 * Looks at everything between this program and a database. What it tries there it takes away again: a row of its own,
 * and where migrations are due a table.
 */
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
    const problem = { code: 'migrations_due', where: 'DATABASE_URL', message, fix };
    return [found('tables', 'wrong', [problem, ...(await findMigrationObstacles(pool))])];
  }
  const missing = await checkGrants(pool);
  const storeDue = await findPendingMigrations(pool, ['store']);
  const readOnly = await checkTableGrants(pool);
  const advice = storeDue.map((name) => ({
    code: 'migrations_due',
    where: `migrations/${name}`,
    message: 'has not run.',
    fix: "Run `npm run migrate`, if this is Gorak's store.",
  }));
  return [
    advise('tables', advice, 'every migration has run'),
    missing.length > 0
      ? found('grants', 'wrong', [...missing, ...readOnly])
      : advise('grants', readOnly, 'the panel may read and write every table'),
    ...(missing.length > 0 ? [] : [advise('accounts', await checkAccounts(pool), 'somebody can sign in')]),
  ];
}

async function lookAtClock({ pool }: { pool: Pool }): Promise<Finding> {
  const problems = [...(await checkClock(pool)), ...(await checkTimeZone(pool))];
  return advise('clock', problems, 'agrees with this machine, and is in UTC');
}

async function lookAtConnections({ pool }: { pool: Pool }): Promise<Finding> {
  const problems = [...(await checkConnections(pool)), ...(await checkIdleLimit(pool))];
  return advise('connections', problems, 'enough are free');
}

/** What would stop the migrations that are due, were they run as this account. */
async function findMigrationObstacles(pool: Pool): Promise<readonly Problem[]> {
  try {
    await tryMigrationGrants(pool);
    return [];
  } catch (error) {
    if (error instanceof ProblemsError) return error.problems;
    throw error;
  }
}

async function lookAtLog({ pool, url }: { pool: Pool; url: string }): Promise<Finding[]> {
  const report = await checkBinaryLog(pool);
  const wrong = [...report.stops, ...report.gaps];
  const findings = [
    ...(wrong.length > 0 ? [found('binary log', 'wrong', wrong)] : []),
    ...(report.advice.length > 0 ? [found('binary log', 'advice', report.advice)] : []),
  ];
  if (findings.length === 0) findings.push(found('binary log', 'ok', [], 'tells every change row by row'));
  return report.stops.length > 0 ? findings : [...findings, await proveLive({ pool, url })];
}

// What the server refuses is a finding; anything else is a fault of ours.
function describeFailure(subject: string, error: unknown): Finding {
  if (error instanceof ProblemsError) return found(subject, 'wrong', error.problems);
  const { errno, message } = error as { errno?: number; message: string };
  if (errno === undefined) throw error;
  const fix = 'Let this account do it, or look into the server.';
  return found(subject, 'wrong', [{ code: 'look_failed', where: 'DATABASE_URL', message, fix }]);
}
