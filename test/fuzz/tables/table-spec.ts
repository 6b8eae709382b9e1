import fc from 'fast-check';
import { anyName, foldName } from './names.ts';
import { type Server, typesOf } from './types/all-types.ts';
import type { ColumnType, Family } from './types/column-type.ts';

/** A column to be made, as plain data, so that it can be shrunk and printed. */
export interface ColumnSpec {
  readonly name: string;
  readonly sql: string;
  readonly family: Family;
  readonly isLong: boolean;
  readonly isNullable: boolean;
  /** Whether its first value is its default. */
  readonly hasDefault: boolean;
  /** SQL expressions; the rows take them in turn. */
  readonly values: readonly string[];
}

/** What tells a table's rows apart. */
export type KeySpec =
  /** The columns are the primary key, or a unique key without NULLs. */
  | { readonly kind: 'primary' | 'unique'; readonly columns: readonly ColumnSpec[] }
  /** A number that counts up, from below zero; a default; a trigger. */
  | { readonly kind: 'automatic' | 'default' | 'trigger' }
  /** Nothing, or a unique key that may be NULL. */
  | { readonly kind: 'none' | 'nullable' };

export interface TableSpec {
  readonly name: string;
  readonly key: KeySpec;
  readonly columns: readonly ColumnSpec[];
  readonly rows: number;
  /** Whether what the first column holds is computed again in another one. */
  readonly computes: 'nothing' | 'when read' | 'when written';
  /** What its rows point at: rows of itself, or of the table before it. */
  readonly points: 'nowhere' | 'within' | 'before';
  /** Whether there is a view of it. */
  readonly hasView: boolean;
}

const MOST_TABLES = 4;
const MOST_COLUMNS = 7;
const MOST_ROWS = 14;

/** Tables of one schema. */
export function anyTables(server: Server): fc.Arbitrary<TableSpec[]> {
  return fc.uniqueArray(anyTable(server), {
    minLength: 1,
    maxLength: MOST_TABLES,
    selector: ({ name }) => foldName(name),
  });
}

function anyTable(server: Server): fc.Arbitrary<TableSpec> {
  const types = typesOf(server);
  const columns = fc.uniqueArray(fc.oneof(...types.map((some) => anyColumn(some, 1, 6))), {
    minLength: 1,
    maxLength: MOST_COLUMNS,
    selector: ({ name }) => foldName(name),
  });
  return fc.record({
    name: anyName,
    key: anyKey(types),
    columns,
    rows: fc.integer({ min: 1, max: MOST_ROWS }),
    computes: fc.constantFrom('nothing', 'nothing', 'when read', 'when written'),
    points: fc.constantFrom('nowhere', 'nowhere', 'within', 'before'),
    hasView: fc.boolean(),
  });
}

function anyKey(types: readonly ColumnType[][]): fc.Arbitrary<KeySpec> {
  const short = types.map((some) => some.filter(({ isLong }) => !isLong)).filter((some) => some.length > 0);
  const column = fc
    .oneof(...short.map((some) => anyColumn(some, MOST_ROWS / 2, MOST_ROWS)))
    .map((spec): ColumnSpec => ({ ...spec, isNullable: false, hasDefault: false }));
  const columns = fc.uniqueArray(column, {
    minLength: 1,
    maxLength: 3,
    selector: ({ name }) => foldName(name),
  });
  const kinds = <K extends string>(...names: K[]) => fc.constantFrom(...names).map((kind) => ({ kind }));
  return fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('primary', 'unique'), columns }) },
    { weight: 3, arbitrary: kinds('automatic', 'default', 'trigger') },
    { weight: 1, arbitrary: kinds('none', 'nullable') },
  );
}

function anyColumn(types: readonly ColumnType[], fewest: number, most: number): fc.Arbitrary<ColumnSpec> {
  return fc.constantFrom(...types).chain((type) =>
    fc.record({
      name: anyName,
      sql: fc.constant(type.sql),
      family: fc.constant(type.family),
      isLong: fc.constant(type.isLong ?? false),
      isNullable: fc.boolean(),
      hasDefault: fc.boolean(),
      values: fc.array(type.values, { minLength: fewest, maxLength: most }),
    }),
  );
}
