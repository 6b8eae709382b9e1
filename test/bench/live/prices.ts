import { migrate } from '../../../src/database/migrate.ts';
import { createPool } from '../../../src/database/pool.ts';
import { StoreRows } from '../../support/store-rows.ts';
import { openOwnServer } from '../bench-server.ts';
import { openLive, takeTurns, type Way } from './latency.ts';
import type { Ratio } from './ratio.ts';

const ROUNDS = 500;
const MOST_RATIO = 1.5;

/**
 * A film's price that another program writes, until a socket has the row. MariaDB 11 leaves the columns that it computes out
 * of its log; here it takes turns with the server that this machine has.
 */
export async function measurePrices(url: string): Promise<Ratio> {
  const own = await openOwnServer('bench_prices');
  await migrate(own.url);
  const ways = [await openPrices(url), await openPrices(own.url)];
  const [given = 0, reference = 0] = await takeTurns(ways, ROUNDS);
  await own.close();
  const ratio = given / reference;
  const text = `an outside price update p95: ${given.toFixed(2)} ms, on this machine's own server ${reference.toFixed(2)} ms`;
  return { text, ratio, isGood: ratio <= MOST_RATIO, bound: `≤ ${MOST_RATIO}` };
}

async function openPrices(url: string): Promise<Way> {
  const pool = createPool(url, { connectionLimit: 2 });
  const film = await new StoreRows(pool).addFilm({ title: 'Alien', stock: 7 });
  const write = () => pool.query('UPDATE movies SET price = price + 0.01 WHERE id = ?', [film]);
  const way = await openLive(pool, url, { topic: 'movies', write });
  return {
    measure: () => way.measure(),
    stop: async () => {
      await way.stop();
      await pool.end();
    },
  };
}
