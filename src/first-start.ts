import { existsSync } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from './database/server-data.ts';

const FILE_NAME = 'first-start-unfinished';

/**
 * Whether an embedded store is whole. A file is there from before its schema exists until everything in it is made:
 * a start that finds the file makes the store anew, so a kill at any moment costs time and no data.
 */
export function isFirstStartUnfinished(dataDir: string): boolean {
  return existsSync(join(dataDir, FILE_NAME));
}

/** To be called before anything of the store is made. */
export async function beginFirstStart(dataDir: string): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const handle = await open(join(dataDir, FILE_NAME), 'w');
  await handle.close();
  await syncFolder(dataDir);
}

/** To be called when everything of the store is committed, and its password told. */
export async function finishFirstStart(dataDir: string): Promise<void> {
  await rm(join(dataDir, FILE_NAME), { force: true });
  await syncFolder(dataDir);
}
