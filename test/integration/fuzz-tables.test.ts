import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fuzzTables } from '../fuzz/tables/fuzz-tables.ts';
import { PLANTED } from '../fuzz/tables/planted.ts';
import { printTablesFinding } from '../fuzz/tables/print.ts';
import { Stage } from '../fuzz/tables/stage.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

const SEEDS = [...new Set(Object.values(PLANTED).map(({ seed }) => seed))];
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
  // With a seed that finds nothing else.
  test.each(Object.entries(PLANTED))(
    '%s',
    async (_name, { seed, ...plant }) => {
      expect(await fuzzTables(stage, { seed, runs: 1, plant, shrinkLimitMs: 0 })).not.toBeNull();
    },
    LIMIT_MS,
  );
});
