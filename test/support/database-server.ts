import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedServer } from '../../src/database/embedded-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the server that tests make their schemas on: `mysql://…/` with no schema. */
    databaseServerUrl: string;
  }
}

/** Compiles the program for the tests that start it; gives every run a database server of its own, or the one that TEST_DATABASE_URL names. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  execFileSync(process.execPath, ['compile.mjs'], { stdio: 'inherit' });
  const givenUrl = process.env.TEST_DATABASE_URL;
  if (givenUrl) {
    project.provide('databaseServerUrl', givenUrl);
    return async () => undefined;
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'store-test-'));
  const server = await startEmbeddedServer({
    dataDir,
    extraOptions: ['--innodb-flush-log-at-trx-commit=0', '--sync-binlog=0', '--max-connections=500'],
  });
  project.provide('databaseServerUrl', server.url(''));
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
