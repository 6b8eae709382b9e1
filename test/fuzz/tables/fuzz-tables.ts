import fc from 'fast-check';
import { Defect, type DefectKind } from './defect.ts';
import { deleteMany, recreate } from './operations/create.ts';
import { editFields, editNothing } from './operations/edit.ts';
import { filterByShown } from './operations/filter.ts';
import type { Operation } from './operations/operation.ts';
import { followReferences, searchTitles } from './operations/search.ts';
import { showValues } from './operations/values.ts';
import { walkTable } from './operations/walk.ts';
import type { Plant } from './planted.ts';
import { shrinkTables } from './shrink-tables.ts';
import type { Stage } from './stage.ts';
import { anyTables, type TableSpec } from './table-spec.ts';

/** How long fewer tables, columns and rows are looked for that show the same defect. */
const SHRINK_LIMIT_MS = 30_000;

const OPERATIONS: Readonly<Record<string, Operation>> = {
  walk: walkTable,
  values: showValues,
  filter: filterByShown,
  search: searchTitles,
  references: followReferences,
  'no-op edit': editNothing,
  edit: editFields,
  recreate,
  'bulk delete': deleteMany,
};

export interface TablesFinding extends FoundDefect {
  readonly seed: number;
  /** The least tables that still show it. */
  readonly tables: readonly TableSpec[];
}

export interface TablesOptions {
  readonly seed: number;
  /** Sets of tables. */
  readonly runs: number;
  readonly plant?: Plant;
  readonly shrinkLimitMs?: number;
}

/** Takes sets of tables, the same for the same seed, through every operation; null where nothing is wrong. */
export async function fuzzTables(
  stage: Stage,
  { seed, runs, plant = {}, shrinkLimitMs = SHRINK_LIMIT_MS }: TablesOptions,
): Promise<TablesFinding | null> {
  for (const tables of fc.sample(anyTables(stage.server), { seed, numRuns: runs })) {
    const found = await findDefect(stage, tables, plant, null);
    if (!found) continue;
    let least = found;
    const fewer = await shrinkTables(tables, performance.now() + shrinkLimitMs, async (some) => {
      const still = await findDefect(stage, some, plant, found);
      least = still ?? least;
      return still !== null;
    });
    return { ...least, seed, tables: fewer };
  }
  return null;
}

interface FoundDefect {
  readonly kind: DefectKind;
  readonly detail: string;
  readonly operation: string;
}

/** The first defect; where one is wanted, one of the same kind that shows in the same way. */
async function findDefect(
  stage: Stage,
  specs: readonly TableSpec[],
  plant: Plant,
  wanted: FoundDefect | null,
): Promise<FoundDefect | null> {
  return stage.play(specs, plant, async (scene) => {
    for (const [name, operation] of Object.entries(OPERATIONS)) {
      if (wanted && wanted.operation !== name) continue;
      for (const table of scene.tables) {
        const defect = await operation(scene, table).then(() => null, asDefect);
        if (!defect || (wanted && wanted.kind !== defect.kind)) continue;
        return { kind: defect.kind, detail: defect.message, operation: name };
      }
    }
    return null;
  });
}

function asDefect(error: unknown): Defect {
  if (error instanceof Defect) return error;
  throw error;
}
