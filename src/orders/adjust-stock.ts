import { z } from 'zod';
import { type Actor, recordActivity } from '../database/activity.ts';
import type { PoolConnection } from '../database/pool.ts';
import { quoting, type Refusal, refuse } from '../errors.ts';
import { idSchema, keyShape, quantitySchema, reasonSchema } from './command-input.ts';
import { defineCommand } from './define-command.ts';
import {
  decideAvailability,
  type FilmStock,
  lockFilms,
  type MovementReason,
  recordMovements,
} from './stock-ledger.ts';

const MAX_PIECES = 1_000_000;
const MAX_STOCK = 2_147_483_647;

const piecesSchema = z.object({
  movieId: idSchema,
  quantity: quantitySchema(1, MAX_PIECES),
  reason: reasonSchema,
  ...keyShape,
});

const countSchema = z.object({
  movieId: idSchema,
  /** What lies on the shelf. */
  counted: quantitySchema(0, MAX_PIECES),
  reason: reasonSchema,
  ...keyShape,
});

/** Puts newly received pieces of a film on the shelf. */
export const receiveStock = defineCommand('receive_stock', piecesSchema, (connection, actor, input) =>
  adjust(connection, actor, { ...input, cause: 'received' }, (film) =>
    film.stock + input.quantity > MAX_STOCK
      ? quoting(
          refuse('too_many', `'${film.title}' cannot have more than ${MAX_STOCK} pieces.`),
          ['movies.title'],
          `A film cannot have more than ${MAX_STOCK} pieces.`,
        )
      : input.quantity,
  ),
);

/** Corrects a film's stock to what was counted on the shelf; less than open orders hold is refused. */
export const countStock = defineCommand('count_stock', countSchema, (connection, actor, input) =>
  adjust(connection, actor, { ...input, cause: 'counted' }, (film) =>
    input.counted < film.reserved
      ? quoting(
          refuse(
            'reserved_by_orders',
            `Open orders hold ${film.reserved} of '${film.title}'. Change or cancel some of them before correcting its stock to ${input.counted}.`,
            { counted: `must be at least ${film.reserved}, which open orders hold` },
          ),
          ['movies.title', 'movies.reserved'],
          `Open orders hold more of this film than ${input.counted}. Change or cancel some of them first.`,
        )
      : input.counted - film.stock,
  ),
);

/** Takes pieces that are lost or broken off the shelf; what open orders hold cannot be written off. */
export const writeOffStock = defineCommand('write_off_stock', piecesSchema, (connection, actor, input) =>
  adjust(
    connection,
    actor,
    { ...input, cause: 'written_off' },
    (film) =>
      decideAvailability(new Map([[film.movieId, input.quantity]]), new Map([[film.movieId, film]])) ??
      -input.quantity,
  ),
);

interface Adjustment {
  readonly movieId: number;
  readonly reason: string;
  readonly cause: MovementReason;
}

async function adjust(
  connection: PoolConnection,
  actor: Actor,
  { movieId, reason, cause }: Adjustment,
  decideDelta: (film: FilmStock) => number | Refusal,
) {
  const film = (await lockFilms(connection, [movieId])).get(movieId);
  if (!film) return refuse('unknown_film', `There is no film ${movieId}. Choose it from the list again.`);
  const delta = decideDelta(film);
  if (typeof delta !== 'number') return delta;
  const movements = delta === 0 ? [] : [{ movieId, stock: delta, reserved: 0, reason: cause }];
  await recordMovements(connection, actor, movements, { note: reason });
  const stock = film.stock + delta;
  await recordActivity(connection, actor, {
    action: `stock_${cause}`,
    table: 'movies',
    recordId: String(movieId),
    details: { delta, stock, reason },
  });
  return { ok: true, movieId, stock, available: stock - film.reserved } as const;
}
