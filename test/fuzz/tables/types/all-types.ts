import { CHOICES } from './choices.ts';
import type { ColumnType } from './column-type.ts';
import { NUMBERS } from './numbers.ts';
import { OTHERS } from './others.ts';
import { TEXTS } from './texts.ts';
import { TIMES } from './times.ts';

export type Server = 'mariadb' | 'mysql';

/** The types that a server knows, by the kind of what they hold, so that no kind crowds out another. */
export function typesOf(server: Server): ColumnType[][] {
  return [NUMBERS, TEXTS, CHOICES, TIMES, OTHERS].map((types) =>
    types.filter((type) => type.server === undefined || type.server === server),
  );
}
