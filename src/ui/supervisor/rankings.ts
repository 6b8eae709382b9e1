import type { Ranking } from './ranked.ts';
import type { LowFilm, OldestOrder, StockMove } from './state.ts';

export const oldestFirst: Ranking<OldestOrder> = {
  idOf: ({ id }) => id,
  compare: (left, right) =>
    left.placedAt === right.placedAt ? left.id - right.id : left.placedAt < right.placedAt ? -1 : 1,
};

export const leastFirst: Ranking<LowFilm> = {
  idOf: ({ id }) => id,
  compare: (left, right) => left.available - right.available || left.id - right.id,
};

export const newestFirst: Ranking<StockMove> = {
  idOf: ({ id }) => id,
  compare: (left, right) => right.id.length - left.id.length || (left.id < right.id ? 1 : -1),
};
