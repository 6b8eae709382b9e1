import type { ReadContext, SeenActivity } from '../resources/panel-context.ts';
import { multiplyMoney } from './money.ts';
import { read } from './seen-rows.ts';

/** A change of a film's price, as decimal strings. */
export interface PriceChange {
  readonly movieId: number;
  /** ISO 8601 UTC; of a change outside the panel, when the panel met it; null: not before now. */
  readonly at: string | null;
  /** Null: outside the panel. */
  readonly actor: { readonly name: string; readonly role: string } | null;
  readonly from: string;
  readonly to: string;
}

const MOST_CHANGES = 500;

/**
 * What became of the prices of films, oldest first, as far as somebody may read them: each change made in the panel, and
 * between two of these what another program must have changed.
 */
export async function findPriceChanges(
  context: ReadContext,
  movieIds: readonly (string | number)[],
): Promise<PriceChange[]> {
  if (!context.sees('movies', 'price')) return [];
  const search = { ids: movieIds, action: 'record_updated', newest: MOST_CHANGES };
  const [edits, films] = await Promise.all([
    context.activity('movies', search),
    context.rows('movies').byIds(movieIds),
  ]);
  const changes = edits.reverse().flatMap(readChange);
  return films.flatMap((film) => {
    const own = changes.filter(({ movieId }) => movieId === Number(film.id));
    return withOutside(own, read(film, 'price'));
  });
}

function readChange({ at, actor, recordId, details }: SeenActivity): PriceChange[] {
  const { before, after } = details as Record<'before' | 'after', { price?: unknown } | undefined>;
  if (before?.price === undefined || after?.price === undefined) return [];
  const [from, to] = [before.price, after.price].map((price) => multiplyMoney(String(price).trim(), 1));
  const { name, role } = actor;
  return [{ movieId: Number(recordId), at, actor: { name, role }, from: from ?? '', to: to ?? '' }];
}

/** Where a change begins at another price than the one before it ended at, somebody else was there. */
function withOutside(changes: readonly PriceChange[], priceNow: string | undefined): PriceChange[] {
  return changes.flatMap((change, index) => {
    const next = changes[index + 1];
    const met = next?.from ?? priceNow ?? change.to;
    if (met === change.to) return [change];
    return [change, { ...change, at: next?.at ?? null, actor: null, from: change.to, to: met }];
  });
}
