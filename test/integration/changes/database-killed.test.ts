import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedServer, startEmbeddedServer } from '../../../src/database/embedded-server.ts';
import { createPool, type Pool } from '../../../src/database/pool.ts';
import { createRandom } from '../../../src/seed/random.ts';
import { cutOffBrowsers } from '../../support/cut-off-browsers.ts';
import { createDataDir, type TestDataDir } from '../../support/data-dir.ts';
import type { Disruption } from '../../support/network-disruption.ts';
import { createWriterTables } from '../../support/random-writers.ts';

const SEEDS = Array.from({ length: 6 }, (_, index) => 20_261_400 + index);
const BREAKS = 4;
const SCHEMA = 'films';

let dataDir: TestDataDir;
let server: EmbeddedServer;
let pool: Pool;

beforeAll(async () => {
  dataDir = await createDataDir();
  server = await startServer();
  const bare = createPool(server.url(''), { connectionLimit: 1 });
  await bare.query(`CREATE DATABASE ${SCHEMA}`).finally(() => bare.end());
  pool = createPool(server.url(SCHEMA));
  await createWriterTables(pool);
});

afterAll(async () => {
  await pool?.end();
  await server?.stop();
  await dataDir.remove();
});

function startServer(): Promise<EmbeddedServer> {
  return startEmbeddedServer({ dataDir: dataDir.path });
}

const disruptions: readonly Disruption[] = [
  async () => {
    await dataDir.killServer();
    await server.stop();
    server = await startServer();
  },
  async () => {
    await server.stop();
    server = await startServer();
  },
];

describe('browsers have exactly the database rows after it was killed and stopped', () => {
  test.each(SEEDS)('seed %i', async (seed) => {
    const random = createRandom(seed);
    const found = await cutOffBrowsers({ url: server.url(SCHEMA), pool, random, disruptions, count: BREAKS });
    for (const browser of found) expect(browser).toEqual({ faults: [], differences: [] });
  });
});
