/** The first rows of a long list in order, more of them than are shown, so that some can leave before any is missing. */
export interface Ranked<T> {
  readonly rows: readonly T[];
  /** Whether the list has no other rows than these. */
  readonly isComplete: boolean;
}

/** What tells the rows of a list apart, and their order: negative where the left one comes first. */
export interface Ranking<T> {
  readonly idOf: (row: T) => string | number;
  readonly compare: (left: T, right: T) => number;
}

const MOST_ROWS = 150;

/** The list without a row, whether or not it was among the first. */
export function withoutRow<T>(ranked: Ranked<T>, id: string | number, { idOf }: Ranking<T>): Ranked<T> {
  const rows = ranked.rows.filter((row) => idOf(row) !== id);
  return rows.length === ranked.rows.length ? ranked : { ...ranked, rows };
}

/** The list with a row that was not in it; one behind the last of the known rows stays unknown. */
export function withRow<T>(ranked: Ranked<T>, row: T, { compare }: Ranking<T>): Ranked<T> {
  const place = ranked.rows.findIndex((other) => compare(row, other) < 0);
  if (place < 0 && !ranked.isComplete) return ranked;
  const rows = place < 0 ? [...ranked.rows, row] : ranked.rows.toSpliced(place, 0, row);
  if (rows.length <= MOST_ROWS) return { rows, isComplete: ranked.isComplete };
  return { rows: rows.slice(0, MOST_ROWS), isComplete: false };
}

/** Whether so many rows have left that fewer are known than are to be shown. */
export function isShort<T>({ rows, isComplete }: Ranked<T>, shownCount: number): boolean {
  return !isComplete && rows.length < shownCount;
}
