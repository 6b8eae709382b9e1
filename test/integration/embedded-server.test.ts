import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import {
  type EmbeddedServer,
  type EmbeddedServerOptions,
  startEmbeddedServer,
} from '../../src/database/embedded-server.ts';
import { createPool, type Pool, type RowDataPacket } from '../../src/database/pool.ts';
import { createDataDir, type TestDataDir } from '../support/data-dir.ts';
import { findProblemCodes } from '../support/problems.ts';

const dataDirs: TestDataDir[] = [];
const servers: EmbeddedServer[] = [];
const pools: Pool[] = [];

afterEach(async () => {
  for (const pool of pools.splice(0)) await pool.end();
  for (const server of servers.splice(0)) await server.stop();
  for (const dataDir of dataDirs.splice(0)) await dataDir.remove();
});

async function createOwnDataDir(): Promise<TestDataDir> {
  const dataDir = await createDataDir();
  dataDirs.push(dataDir);
  return dataDir;
}

async function start(dataDir: string, options: Partial<EmbeddedServerOptions> = {}): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer({ dataDir, ...options });
  servers.push(server);
  return server;
}

function connect(server: EmbeddedServer): Pool {
  const pool = createPool(server.url(''));
  pools.push(pool);
  return pool;
}

test('the server has no port, logs rows with full metadata, and keeps what was committed', async () => {
  const { path } = await createOwnDataDir();
  const first = await start(path);
  const pool = connect(first);
  const [rows] = await pool.query<RowDataPacket[]>(
    `SELECT @@skip_networking AS closed, @@log_bin AS logged, @@binlog_format AS format,
            @@binlog_row_image AS image, @@binlog_row_metadata AS metadata, @@character_set_server AS charset`,
  );
  expect(rows[0]).toEqual({
    closed: 1,
    logged: 1,
    format: 'ROW',
    image: 'FULL',
    metadata: 'FULL',
    charset: 'utf8mb4',
  });
  await pool.query('CREATE DATABASE kept');
  await first.stop();
  expect(existsSync(join(path, 'run/server.sock'))).toBe(false);

  const [schemas] = await connect(await start(path)).query<RowDataPacket[]>("SHOW DATABASES LIKE 'kept'");
  expect(schemas).toHaveLength(1);
});

test('what another server keeps in the temporary folder of the machine stays there', async () => {
  const { path } = await createOwnDataDir();
  const sharedDir = await mkdtemp(join(tmpdir(), 'store-shared-'));
  const tables = ['#sql-temptable-1-2-3.MAD', '#sql-temptable-1-2-3.MAI', '#sql1_2_3.ibd'];
  for (const table of tables) await writeFile(join(sharedDir, table), '');
  vi.stubEnv('TMPDIR', sharedDir);
  try {
    await start(path);
    expect((await readdir(sharedDir)).sort()).toEqual(tables);
  } finally {
    vi.unstubAllEnvs();
    await rm(sharedDir, { recursive: true });
  }
});

test('of two starts on one empty folder, one gets it and the other one is refused', async () => {
  const { path } = await createOwnDataDir();
  const starts = await Promise.allSettled([start(path), start(path)]);
  const refused = starts.filter((result) => result.status === 'rejected');
  expect(refused).toHaveLength(1);
  expect(await findProblemCodes(Promise.reject(refused[0]?.reason))).toEqual(['data_dir_in_use']);
  await connect(servers[0] as EmbeddedServer).query('SELECT 1');
});

test('a second program may use the server beside its owner, and leaves it running', async () => {
  const { path } = await createOwnDataDir();
  const owned = await start(path);
  const shared = await startEmbeddedServer({ dataDir: path, mayShare: true });
  expect([owned.isOwn, shared.isOwn]).toEqual([true, false]);
  await shared.stop();
  await owned.checkAlive();
});

test('taking over a server ends what the program before it was doing', async () => {
  const { path } = await createOwnDataDir();
  let lost = false;
  const first = await startEmbeddedServer({
    dataDir: path,
    onLost: () => {
      lost = true;
    },
  });
  const pool = connect(first);
  const orphan = pool.query('SELECT SLEEP(600)').then(
    () => 'ended well',
    (error: Error) => error.message,
  );
  const [owners] = await pool.query<RowDataPacket[]>("SELECT IS_USED_LOCK('panel_owner') AS id");
  await pool.query('KILL ?', [owners[0]?.id]);

  await start(path);
  expect(await orphan).not.toBe('ended well');
  expect(lost).toBe(true);
});

test('a folder whose path is too long for a socket has its socket elsewhere', async () => {
  const { path } = await createOwnDataDir();
  const deep = join(path, 'x'.repeat(120));
  const server = await start(deep);
  await connect(server).query('SELECT 1');
  expect(existsSync(join(deep, 'run'))).toBe(false);
  const socketPath = new URL(server.url('')).searchParams.get('socketPath') as string;
  expect(existsSync(socketPath)).toBe(true);
  await server.stop();
  expect(existsSync(dirname(socketPath))).toBe(false);
});

test('a folder that cannot be made is a problem', async () => {
  const { path } = await createOwnDataDir();
  expect(await findProblemCodes(startEmbeddedServer({ dataDir: '/dev/null/data' }))).toEqual([
    'data_dir_unusable',
  ]);
  await mkdir(join(path, 'database'), { recursive: true });
  expect(
    await findProblemCodes(startEmbeddedServer({ dataDir: path, extraOptions: ['--no-such-option'] })),
  ).toEqual(
    expect.arrayContaining([expect.stringMatching(/^(embedded_server_stopped|no_database_server)$/)]),
  );
});

test('a start that was called off ends before the server comes up', async () => {
  const { path } = await createOwnDataDir();
  await expect(startEmbeddedServer({ dataDir: path, signal: AbortSignal.abort() })).rejects.toThrow(
    'aborted',
  );
  expect(existsSync(join(path, 'run/server.pid'))).toBe(false);
});

test('a server that is lost while it is being taken over is a problem', async () => {
  const dataDir = await createOwnDataDir();
  await start(dataDir.path);
  const pid = Number(await dataDir.findServerPid());
  const onProgress = () => process.kill(pid, 'SIGKILL');
  const codes = await findProblemCodes(startEmbeddedServer({ dataDir: dataDir.path, onProgress }));
  expect(codes).toEqual(['embedded_server_lost']);
});
