import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fuzzTables, type TablesFinding } from '../fuzz/tables/fuzz-tables.ts';
import { PLANTED } from '../fuzz/tables/planted.ts';
import { printTablesFinding } from '../fuzz/tables/print.ts';
import { Stage } from '../fuzz/tables/stage.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const SEEDS = [2, 5];
const LIMIT_MS = 240_000;

let database: TestDatabase;
let stage: Stage;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'panel' });
  stage = await Stage.open(database.url);
});
afterAll(async () => {
  await stage?.close();
  await database?.drop();
});

test.each(SEEDS)(
  'the panel does with any tables what plain SQL says (seed %i)',
  async (seed) => {
    const found = await fuzzTables(stage, { seed, runs: 1, shrinkLimitMs: 10_000 });
    expect(found && printTablesFinding(found)).toBeNull();
  },
  LIMIT_MS,
);

describe('the fuzzer finds a defect that was put back', () => {
  // With the same seeds, which find nothing else.
  test.each(Object.entries(PLANTED))(
    '%s',
    async (_name, plant) => {
      let found: TablesFinding | null = null;
      for (const seed of SEEDS) found ??= await fuzzTables(stage, { seed, runs: 1, plant, shrinkLimitMs: 0 });
      expect(found).not.toBeNull();
    },
    LIMIT_MS,
  );
});
