import { type Problem, ProblemsError } from '../errors.ts';
import { describeSetting } from './log-settings.ts';
import type { Queryable } from './pool.ts';
import { findServerKind } from './server-kind.ts';

const TRIGGER_REFUSED_ERRNO = 1419;
const TRUST_VARIABLE = 'log_bin_trust_function_creators';
const MISSING_GRANT_ERRNOS = new Set([1044, 1142, 1143]);

// Every kind of statement in migrations/, on a table of its own; those that write find no row. One would be logged, and
// where the log names no columns nobody could read it any more once the table is gone.
const TRIALS = [
  'CREATE TABLE panel_trial (id INT NOT NULL PRIMARY KEY, parent INT NULL) ENGINE=InnoDB',
  'ALTER TABLE panel_trial ADD FOREIGN KEY (parent) REFERENCES panel_trial (id)',
  'CREATE TRIGGER panel_trial_insert BEFORE INSERT ON panel_trial FOR EACH ROW SET NEW.id = NEW.id',
  'INSERT INTO panel_trial (id) SELECT parent FROM panel_trial',
  'UPDATE panel_trial SET parent = NULL',
  'DELETE FROM panel_trial',
];

/**
 * Tries what migrations do before any of them begins, so that a missing grant leaves none half-done. Throws
 * {@link ProblemsError}.
 */
export async function tryMigrationGrants(db: Queryable): Promise<void> {
  await runTrial(db, 'DROP TABLE IF EXISTS panel_trial');
  try {
    for (const sql of TRIALS) await runTrial(db, sql);
  } finally {
    await runTrial(db, 'DROP TABLE IF EXISTS panel_trial');
  }
}

async function runTrial(db: Queryable, sql: string): Promise<void> {
  try {
    await db.query(sql);
  } catch (error) {
    const { errno = 0, message } = error as { errno?: number; message: string };
    if (errno === TRIGGER_REFUSED_ERRNO) throw new ProblemsError([await triggersRefused(db)]);
    if (MISSING_GRANT_ERRNOS.has(errno)) throw new ProblemsError([grantMissing(message)]);
    throw error;
  }
}

async function triggersRefused(db: Queryable): Promise<Problem> {
  const kind = await findServerKind(db);
  const setting = describeSetting(kind, { variable: TRUST_VARIABLE, wanted: '1' });
  const other = kind.host === 'own' ? ' Or migrate as an account that has SUPER.' : '';
  return {
    code: 'triggers_refused',
    where: 'DATABASE_URL',
    message: 'the server lets this account create no trigger while its binary log is on (error 1419).',
    fix: `${setting}${other} Then run the same line again. Nothing was changed.`,
  };
}

function grantMissing(message: string): Problem {
  return {
    code: 'grant_missing',
    where: 'DATABASE_URL',
    message,
    fix: 'GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES, TRIGGER on the schema to this account. Nothing was changed.',
  };
}
