import pLimit, { type LimitFunction } from 'p-limit';
import type { Pool } from '../database/pool.ts';

// Buyers of one film wait for each other's lock anyway: more of them inside the database only slow the one who has it.
const BUYERS_PER_FILM = 4;

interface Gate {
  readonly limit: LimitFunction;
  /** Placements inside or before the gate. */
  userCount: number;
}

const gatesOfPools = new WeakMap<Pool, Map<number, Gate>>();

/**
 * Runs `work` when its films let it in: at most four placements with the same film are under way on a pool; the others
 * wait here in turn, without a connection. The films must come in the order of their ids, like their locks: two baskets
 * that enter the same gates in different orders could wait for each other.
 */
export function throughGates<T>(
  pool: Pool,
  sortedMovieIds: Iterable<number>,
  work: () => Promise<T>,
): Promise<T> {
  const gates = gatesOfPools.get(pool) ?? new Map<number, Gate>();
  gatesOfPools.set(pool, gates);
  const enter = [...sortedMovieIds].reduceRight(
    (next, movieId) => () => throughGate(gates, movieId, next),
    work,
  );
  return enter();
}

async function throughGate<T>(gates: Map<number, Gate>, movieId: number, work: () => Promise<T>): Promise<T> {
  const gate = gates.get(movieId) ?? { limit: pLimit(BUYERS_PER_FILM), userCount: 0 };
  gates.set(movieId, gate);
  gate.userCount += 1;
  try {
    return await gate.limit(work);
  } finally {
    gate.userCount -= 1;
    if (gate.userCount === 0) gates.delete(movieId);
  }
}
