import { execFile } from 'node:child_process';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startEmbeddedServer } from '../../src/database/embedded-server.ts';
import { createPool } from '../../src/database/pool.ts';
import { createDataDir } from './data-dir.ts';

const run = promisify(execFile);

/** A server that a test may do anything to, of the kind that the tests run on. */
export interface SpareServer {
  /** With this schema, which is made where there is none. */
  url(schema: string): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts a server for one test file: where the tests run on a server of ours, another one like it; else one that the tool named
 * by TEST_SERVER_TOOL starts at a port (`TOOL PORT` prints its address last, `TOOL stop PORT` stops it).
 */
export async function startSpareServer(options: readonly string[] = []): Promise<SpareServer> {
  const tool = process.env.TEST_SERVER_TOOL;
  const server =
    process.env.TEST_DATABASE_URL && tool ? await startByTool(tool, options) : await startOwn(options);
  return {
    url: async (schema) => {
      const bare = createPool(server.url(''), { connectionLimit: 1 });
      await bare.query(`CREATE DATABASE IF NOT EXISTS ${schema}`).finally(() => bare.end());
      return server.url(schema);
    },
    stop: server.stop,
  };
}

interface RunningServer {
  url(schema: string): string;
  stop(): Promise<void>;
}

async function startOwn(extraOptions: readonly string[]): Promise<RunningServer> {
  const dataDir = await createDataDir();
  const server = await startEmbeddedServer({ dataDir: dataDir.path, extraOptions: [...extraOptions] });
  return {
    url: (schema) => server.url(schema),
    stop: async () => {
      await server.stop();
      await dataDir.remove();
    },
  };
}

/**
 * The data folder. In a shared one a server that starts deletes the others' temporary tables, and MariaDB 11.8.9 ends by
 * SIGSEGV (in ha_maria::drop_table) where a table is gone before it could be opened.
 */
const OWN_TEMPORARY_FOLDER = '--tmpdir=.';
/** What makes the data has no folder of its own: one at a time. */
const ONE_AT_A_TIME = ['--close', join(tmpdir(), 'spare-server.lock')];

async function startByTool(tool: string, options: readonly string[]): Promise<RunningServer> {
  const port = String(await findFreePort());
  const given = options.join(' ');
  const { stdout } = await run('flock', [...ONE_AT_A_TIME, tool, port], {
    env: { ...process.env, MYSQLD_OPTS: given, MARIADBD_OPTS: `${OWN_TEMPORARY_FOLDER} ${given}` },
  });
  const address = stdout.trim().split('\n').at(-1) ?? '';
  return {
    url: (schema) => new URL(`/${schema}`, address).href,
    stop: async () => {
      await run(tool, ['stop', port]);
    },
  };
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
