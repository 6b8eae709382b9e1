import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { waitForEnd } from '../../src/database/server-process.ts';

/** A data folder for one test, whose server is killed and whose files are deleted at the end. */
export interface TestDataDir {
  readonly path: string;
  /** The process id of the folder's server, or null where none runs. */
  findServerPid(): Promise<number | null>;
  /** Resolves when the folder's server has written its process id. */
  serverStarted(): Promise<void>;
  /** Kills the folder's server as a crash would, if one runs. */
  killServer(): Promise<void>;
  remove(): Promise<void>;
}

/** Creates an empty data folder. */
export async function createDataDir(): Promise<TestDataDir> {
  const path = await mkdtemp(join(tmpdir(), 'store-data-'));
  const findServerPid = async () =>
    Number(await readFile(join(path, 'run/server.pid'), 'utf8').catch(() => '')) || null;
  const killServer = async () => {
    const pid = await findServerPid();
    if (!pid) return;
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
    await waitForEnd(pid);
    // A program that loses its server removes the file, too.
    await rm(join(path, 'run/server.pid'), { force: true });
  };
  return {
    path,
    findServerPid,
    serverStarted: async () => {
      while ((await findServerPid()) === null) await delay(5);
    },
    killServer,
    remove: async () => {
      await killServer();
      await rm(path, { recursive: true, force: true });
    },
  };
}
