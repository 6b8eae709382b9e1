import { isBusy, retryWhileBusy } from './busy.ts';
import type { PoolConnection } from './pool.ts';
import { type ScriptStatement, splitScript, wordOf } from './sql-script.ts';

/** Where a script stopped. */
export interface ScriptFailure {
  /** Of the statement, from 0. */
  readonly index: number;
  readonly error: Error;
  /** Whether the server took the statement back whole, since it met other work. */
  readonly isUndone: boolean;
}

/** What these run may commit a part of itself before the rest meets other work. */
const OF_MANY_STATEMENTS = new Set(['CALL', 'EXECUTE', 'BEGIN']);
/** MySQL's protocol, status flags: SERVER_STATUS_IN_TRANS. */
const IN_TRANSACTION = 1;

/**
 * Runs a script's statements one after the other, and returns where it stopped; null after the last. A statement that
 * met other work (a deadlock, a lock not had in time) is tried again for some seconds, unless a part of the script may
 * have been taken back or committed with it.
 */
export async function runScript(connection: PoolConnection, sql: string): Promise<ScriptFailure | null> {
  let isInTransaction = false;
  for (const [index, statement] of splitScript(sql).entries()) {
    const isWhole = !isInTransaction && !OF_MANY_STATEMENTS.has(wordOf(statement.tokens[0]));
    try {
      const status = await runStatement(connection, statement, isWhole);
      if (status !== null) isInTransaction = (status & IN_TRANSACTION) !== 0;
    } catch (error) {
      return { index, error: error as Error, isUndone: isWhole && isBusy(error) };
    }
  }
  return null;
}

/** Returns the server's status flags behind it; null after rows, which neither begin nor end a transaction. */
async function runStatement(
  connection: PoolConnection,
  { sql }: ScriptStatement,
  isWhole: boolean,
): Promise<number | null> {
  const run = () => connection.query(sql);
  const [result] = await (isWhole ? retryWhileBusy(run) : run());
  return 'serverStatus' in result ? Number(result.serverStatus) : null;
}
