import { createPool, type Pool } from '../../src/database/pool.ts';
import { createTestDatabase } from './database.ts';
import { type OrderedFilm, StoreRows, ZIX } from './store-rows.ts';

export { ZIX };

/** A store with one customer and two employees, of whom {@link ZIX} is the first, on a schema of its own. */
export class TestStore extends StoreRows {
  constructor(
    pool: Pool,
    readonly url: string,
    readonly customerId: number,
    readonly employeeId: number,
    readonly otherEmployeeId: number,
    readonly drop: () => Promise<void>,
  ) {
    super(pool);
  }

  /** Places an order of the one customer; throws if it is refused. */
  order(...lines: OrderedFilm[]): Promise<number> {
    return this.place(this.customerId, lines);
  }
}

/** Creates a store whose pool has `connectionLimit` connections. */
export async function createTestStore(connectionLimit = 10): Promise<TestStore> {
  const database = await createTestDatabase({ migrations: 'all' });
  const pool = createPool(database.url, { connectionLimit });
  const rows = new StoreRows(pool);
  const drop = async () => {
    await pool.end();
    await database.drop();
  };
  const customerId = await rows.addCustomer('Gax');
  await rows.addAccount(ZIX);
  return new TestStore(
    pool,
    database.url,
    customerId,
    await rows.addEmployee('Zix'),
    await rows.addEmployee('Brill'),
    drop,
  );
}
