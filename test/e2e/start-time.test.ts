import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDataDir, type TestDataDir } from '../support/data-dir.ts';
import { startProgram } from '../support/program.ts';

const LIMIT_MS = 5_000;

let dataDir: TestDataDir;

async function measureStart(): Promise<number> {
  const startedAt = performance.now();
  const program = startProgram([], { DATA_DIR: dataDir.path });
  await program.ready;
  const takenMs = performance.now() - startedAt;
  program.process.kill('SIGTERM');
  await program.ended;
  return takenMs;
}

beforeAll(async () => {
  dataDir = await createDataDir();
  await measureStart();
});
afterAll(() => dataDir.remove());

// Here and not among the integration tests, because nothing else runs beside an e2e test.
test('a start on a store that is there takes less than 5 seconds', async () => {
  expect(await measureStart()).toBeLessThan(LIMIT_MS);
});
