import type { z } from 'zod';
import type { Actor } from '../database/activity.ts';
import { type Pool, type PoolConnection, transaction } from '../database/pool.ts';
import type { Refusal } from '../errors.ts';
import { parseInput } from './command-input.ts';
import { answerOnce, createClaim, recordAnswer, takeKey } from './idempotency.ts';

/** What a command did. */
export type Done<T extends object = object> = { readonly ok: true } & T;

/**
 * One command of the order book: checked input, one transaction, an answer or a refusal; never an exception for an
 * expected no. With `idempotencyKey` in the input, the same call again has no second effect and gets the same answer.
 */
export type Command<I, T extends object> = (pool: Pool, actor: Actor, input: I) => Promise<Done<T> | Refusal>;

/** Runs inside the transaction; a refusal rolls it back. */
type Work<V, T extends object> = (
  connection: PoolConnection,
  actor: Actor,
  values: V,
) => Promise<Done<T> | Refusal>;

/** Builds a command from its name (`pack_order`), the shape of its input, and its work. */
export function defineCommand<S extends z.ZodType<{ idempotencyKey?: string }>, T extends object>(
  name: string,
  schema: S,
  work: Work<z.output<S>, T>,
): Command<z.input<S>, T> {
  return async (pool, actor, input) => {
    const parsed = parseInput(schema, input);
    if (!parsed.ok) return parsed;
    const { values } = parsed;
    const claim = values.idempotencyKey ? createClaim(values.idempotencyKey, name, actor, values) : null;
    return answerOnce(pool, claim, () =>
      transaction(pool, async (connection) => {
        if (claim) await takeKey(connection, claim, null);
        const answer = await work(connection, actor, values);
        if (claim && answer.ok) await recordAnswer(connection, claim, answer);
        return answer;
      }),
    );
  };
}
