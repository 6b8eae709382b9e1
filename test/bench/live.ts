// How the live changes compare with the bare libraries below them. Both sides take turns, so that a slow moment of the
// machine hits both.
import { migrate } from '../../src/database/migrate.ts';
import { createPool } from '../../src/database/pool.ts';
import { StoreRows } from '../support/store-rows.ts';
import { openBenchServer } from './bench-server.ts';
import { measureDeliveries } from './live/deliveries.ts';
import { measureDrain } from './live/drain.ts';
import { measureIdle } from './live/idle.ts';
import { measureLatency } from './live/latency.ts';
import { measurePrices } from './live/prices.ts';
import { measureStalled } from './live/stalled.ts';

const server = await openBenchServer(`bench_live_${process.pid}`);
try {
  await migrate(server.url);
  const pool = createPool(server.url);
  const customerId = await new StoreRows(pool).addCustomer('Gax').finally(() => pool.end());
  // A backlog is what a program meets at its start: it comes first.
  const parts = [measureDrain, measureLatency, measurePrices, measureDeliveries, measureStalled, measureIdle];
  for (const measure of parts) {
    const { text, ratio, bound, isGood } = await measure(server.url, customerId);
    console.log(`${text}, ratio ${ratio.toFixed(2)} (${bound})`);
    if (!isGood) process.exitCode = 1;
  }
} finally {
  await server.close();
}
