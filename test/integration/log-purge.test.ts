import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedServer, startEmbeddedServer } from '../../src/database/embedded-server.ts';
import { purgeLog } from '../../src/database/log-purge.ts';
import { createPool, type Pool, type RowDataPacket } from '../../src/database/pool.ts';
import { createDataDir, type TestDataDir } from '../support/data-dir.ts';

const FILE_BYTES = 4096;
const extraOptions = [`--max-binlog-size=${FILE_BYTES}`];

let dataDir: TestDataDir;
let server: EmbeddedServer;
let pool: Pool;

beforeAll(async () => {
  dataDir = await createDataDir();
  server = await startEmbeddedServer({ dataDir: dataDir.path, extraOptions });
  pool = createPool(server.url(''));
  await pool.query('CREATE DATABASE logged');
  await pool.query('CREATE TABLE logged.texts (text TEXT)');
});
afterAll(async () => {
  await pool.end();
  await server.stop();
  await dataDir.remove();
});

async function findFiles(): Promise<{ name: string; bytes: number }[]> {
  const [rows] = await pool.query<RowDataPacket[]>('SHOW BINARY LOGS');
  return rows.map(({ Log_name: name, File_size: bytes }) => ({ name, bytes: Number(bytes) }));
}

async function growTo(fileCount: number): Promise<void> {
  while ((await findFiles()).length < fileCount)
    await pool.query('INSERT INTO logged.texts VALUES (?)', ['x'.repeat(1000)]);
}

const sum = (files: readonly { bytes: number }[]) => files.reduce((total, { bytes }) => total + bytes, 0);

test('the oldest files go until the rest is small enough, and no more of them than that', async () => {
  await growTo(8);
  const before = await findFiles();
  const keptBytes = 3.5 * FILE_BYTES;
  await purgeLog(pool, keptBytes);
  const after = await findFiles();
  expect(after).toEqual(before.slice(-after.length));
  expect(sum(after)).toBeLessThanOrEqual(keptBytes);
  expect(sum(before.slice(-after.length - 1))).toBeGreaterThan(keptBytes);
});

test('a log that is small enough stays whole', async () => {
  await growTo(3);
  const before = await findFiles();
  await purgeLog(pool, sum(before));
  expect(await findFiles()).toEqual(before);
});

test('the file being written stays, however large', async () => {
  await growTo(3);
  const [newest] = (await findFiles()).slice(-1);
  // The server keeps the file before it until what that tells is safe in the tables.
  await expect
    .poll(async () => {
      await purgeLog(pool, 0);
      return (await findFiles()).map(({ name }) => name);
    })
    .toEqual([newest?.name]);
});

test('the embedded server is left no larger log than it was told, when it starts', async () => {
  await growTo(8);
  await pool.end();
  await server.stop();
  const keptLogBytes = 3 * FILE_BYTES;
  server = await startEmbeddedServer({ dataDir: dataDir.path, extraOptions, keptLogBytes });
  pool = createPool(server.url(''));
  expect(sum(await findFiles())).toBeLessThanOrEqual(keptLogBytes);
});
