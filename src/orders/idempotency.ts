import { createHash } from 'node:crypto';
import type { Actor } from '../database/activity.ts';
import { isBusy } from '../database/busy.ts';
import { describeSignal } from '../database/database-error.ts';
import type { Pool, Queryable, RowDataPacket } from '../database/pool.ts';
import { type Refusal, refuse } from '../errors.ts';

/** A command under an idempotency key: who asks for what. */
export interface Claim {
  readonly key: string;
  readonly command: string;
  /** SHA-256 of command, actor and input, in hexadecimal. */
  readonly fingerprint: string;
}

class KeyTaken extends Error {
  override readonly name = 'KeyTaken';
}

/** Builds the claim of one call; `values` is the checked input, whose fields always stand in the schema's order. */
export function createClaim(key: string, command: string, actor: Actor, values: object): Claim {
  const text = JSON.stringify([command, actor.id, { ...values, idempotencyKey: undefined }]);
  return { key, command, fingerprint: createHash('sha256').update(text).digest('hex') };
}

/**
 * Takes the key for this transaction; waits for another one that holds it. Call it before any rule is applied, with
 * the answer if that is known already, else call {@link recordAnswer} before the commit.
 */
export async function takeKey(db: Queryable, claim: Claim, answer: object | null): Promise<void> {
  try {
    await db.query(
      'INSERT INTO order_commands (idempotency_key, command, fingerprint, answer) VALUES (?, ?, ?, ?)',
      [claim.key, claim.command, claim.fingerprint, answer && JSON.stringify(answer)],
    );
  } catch (error) {
    throw (error as { errno?: number }).errno === DUPLICATE_ERRNO ? new KeyTaken() : error;
  }
}

const DUPLICATE_ERRNO = 1062;

/** Keeps the answer beside the key, in the same transaction as the effect. */
export async function recordAnswer(db: Queryable, claim: Claim, answer: object): Promise<void> {
  await db.query('UPDATE order_commands SET answer = ? WHERE idempotency_key = ?', [
    JSON.stringify(answer),
    claim.key,
  ]);
}

/**
 * Runs `attempt`, which takes the claim's key in its transaction. If the key was taken before, nothing happens again:
 * the answer of that time is given, or a refusal where the key was used for something else. A refused attempt takes no
 * key; neither does one that others kept from its rows for too long, or whose effect the database refuses: both are
 * refused, too.
 */
export async function answerOnce<T extends { readonly ok: true }>(
  pool: Pool,
  claim: Claim | null,
  attempt: () => Promise<T | Refusal>,
): Promise<T | Refusal> {
  try {
    return await attempt();
  } catch (error) {
    if (claim && error instanceof KeyTaken) return findAnswer<T>(pool, claim);
    const refusal = describeSignal(error);
    if (refusal) return refusal;
    if (!isBusy(error)) throw error;
    return refuse('busy', 'Others are at work on the same order or films right now. Please try again.');
  }
}

async function findAnswer<T>(pool: Pool, claim: Claim): Promise<T | Refusal> {
  const [rows] = await pool.query<RowDataPacket[]>(
    'SELECT fingerprint, answer FROM order_commands WHERE idempotency_key = ?',
    [claim.key],
  );
  if (rows[0]?.fingerprint !== claim.fingerprint)
    return refuse(
      'idempotency_key_reused',
      'This form was already sent with other contents. Open a fresh one and try again.',
    );
  return JSON.parse(rows[0].answer) as T;
}
