import { introspect } from '../../src/database/introspect.ts';
import type { Pool, ResultSetHeader } from '../../src/database/pool.ts';
import type { Random } from '../../src/seed/random.ts';
import { connectLive } from '../../src/ui/live/connect-live.ts';
import { type LiveProcess, startLiveProcess } from './live-process.ts';
import { LiveReplica, type LiveRows } from './live-replica.ts';
import { type Disruption, networkDisruptions } from './network-disruption.ts';
import { RandomWriters, WRITER_TABLES } from './random-writers.ts';
import { readState } from './replica.ts';
import { createTcpProxy } from './tcp-proxy.ts';

/** Of three parts of a page. */
const TOPICS = [['*'], [...WRITER_TABLES], ['films:1', 'films:2', 'reviews', 'markers']];

export interface CutOffParts {
  readonly url: string;
  /** Leads to the same database. */
  readonly pool: Pool;
  readonly random: Random;
  /** What happens beside the breaks of the network and the ends of the program. */
  readonly disruptions: readonly Disruption[];
  readonly count: number;
}

/**
 * Cuts browsers off the database's changes at random while it is written to: one after the other, the network between,
 * the program, and what `disruptions` disturb. Returns for each browser what was told wrongly, and the tables that
 * differ from the database's in the end.
 */
export async function cutOffBrowsers({ url, pool, random, disruptions, count }: CutOffParts) {
  let program = await startLiveProcess(url);
  const proxy = await createTcpProxy(() => program.port);
  const origin = `http://127.0.0.1:${proxy.port}`;
  // Where a browser's page comes from.
  Object.assign(globalThis, { location: new URL(origin) });
  const connection = connectLive();
  const replicas = TOPICS.map((topics) => new LiveReplica(connection, origin, topics));
  const writers = new RandomWriters(pool, random);
  const restart = (signal: Parameters<LiveProcess['end']>[0]) => async (goesOn: () => Promise<void>) => {
    await program.end(signal);
    await goesOn();
    program = await startLiveProcess(url);
  };
  const kinds = [networkDisruptions(proxy), [restart('SIGKILL'), restart('SIGTERM')], disruptions].filter(
    ({ length }) => length > 0,
  );
  try {
    for (let done = 0; done < count; done++) {
      await writers.commits(random.integer(1, 30));
      const disrupt = random.pick(random.pick(kinds));
      await disrupt(() => writers.commits(random.integer(1, 60)));
    }
    await writers.stop();
    return await compare(pool, replicas);
  } finally {
    await writers.stop();
    for (const replica of replicas) replica.stop();
    connection.close();
    await proxy.stop();
    await program.end('SIGTERM');
    Reflect.deleteProperty(globalThis, 'location');
  }
}

async function compare(pool: Pool, replicas: readonly LiveReplica[]) {
  const [{ insertId }] = await pool.query<ResultSetHeader>('INSERT INTO markers () VALUES ()');
  const copies = await Promise.all(replicas.map((replica) => replica.once('markers', String(insertId))));
  const tables = await introspect(pool);
  const state = await readState(pool, tables);
  const rows: LiveRows = Object.fromEntries(
    [...state].map(([name, byId]) => [name, Object.fromEntries(byId)]),
  );
  return replicas.map((replica, index) => {
    const expected = replica.select(rows);
    const differences = WRITER_TABLES.filter(
      (table) => sorted(expected[table]) !== sorted(copies[index]?.[table]),
    );
    return { faults: replica.faults, differences };
  });
}

function sorted(rows: LiveRows[string] = {}): string {
  return JSON.stringify(Object.entries(rows).sort(([a], [b]) => (a < b ? -1 : 1)));
}
