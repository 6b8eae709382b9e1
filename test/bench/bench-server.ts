import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedServer } from '../../src/database/embedded-server.ts';
import { quoteIdentifier } from '../../src/database/identifier.ts';
import { createPool } from '../../src/database/pool.ts';

export interface BenchServer {
  /** Address of an empty schema. */
  readonly url: string;
  /** Drops the schema, and stops the server if it was started here. */
  close(): Promise<void>;
}

/** An empty schema on the server that TEST_DATABASE_URL names, or else on one started for this run, durable as in use. */
export async function openBenchServer(schema: string): Promise<BenchServer> {
  const given = process.env.TEST_DATABASE_URL;
  return given ? openSchema(given, schema, async () => undefined) : openOwnServer(schema);
}

/** An empty schema on a server started for this run, of the kind that this machine has. */
export async function openOwnServer(schema: string): Promise<BenchServer> {
  const { serverUrl, stop } = await startServer();
  return openSchema(serverUrl, schema, stop);
}

async function openSchema(
  serverUrl: string,
  schema: string,
  stop: () => Promise<void>,
): Promise<BenchServer> {
  const runOnServer = async (sql: string) => {
    const pool = createPool(serverUrl, { connectionLimit: 1 });
    await pool.query(sql).finally(() => pool.end());
  };
  await runOnServer(`DROP DATABASE IF EXISTS ${quoteIdentifier(schema)}`);
  await runOnServer(`CREATE DATABASE ${quoteIdentifier(schema)}`);
  const url = new URL(serverUrl);
  url.pathname = `/${schema}`;
  return {
    url: url.href,
    close: async () => {
      await runOnServer(`DROP DATABASE ${quoteIdentifier(schema)}`);
      await stop();
    },
  };
}

async function startServer() {
  const dataDir = await mkdtemp(join(tmpdir(), 'store-bench-'));
  const server = await startEmbeddedServer({ dataDir, extraOptions: ['--max-connections=300'] });
  const stop = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { serverUrl: server.url(''), stop };
}
