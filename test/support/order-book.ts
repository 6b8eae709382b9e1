import type { Actor } from '../../src/database/activity.ts';
import { createPool, type Pool, type ResultSetHeader, type RowDataPacket } from '../../src/database/pool.ts';
import { createTestDatabase } from './database.ts';

export const ZIX: Actor = { id: 7, name: 'Zix', role: 'employee' };

/** A store with one customer and two employees, on a schema of its own. */
export interface TestStore {
  readonly pool: Pool;
  readonly url: string;
  readonly customerId: number;
  readonly employeeId: number;
  readonly otherEmployeeId: number;
  addFilm(film: { stock: number; price?: string; title?: string }): Promise<number>;
  findFilm(movieId: number): Promise<{ stock: number; reserved: number; available: number }>;
  findOrder(orderId: number): Promise<RowDataPacket>;
  findLines(orderId: number): Promise<RowDataPacket[]>;
  /** Writes an order as another program would. */
  addOutsideOrder(lines: readonly { movieId: number; quantity: number }[]): Promise<number>;
  drop(): Promise<void>;
}

/** Creates a store whose pool has `connectionLimit` connections. */
export async function createTestStore(connectionLimit = 10): Promise<TestStore> {
  const database = await createTestDatabase({ migrations: 'all' });
  const pool = createPool(database.url, { connectionLimit });
  const insert = async (sql: string, values: unknown[]) =>
    (await pool.query<ResultSetHeader>(sql, values))[0].insertId;
  const select = async (sql: string, id: number) => (await pool.query<RowDataPacket[]>(sql, [id]))[0];
  const addEmployee = (name: string, email: string) =>
    insert("INSERT INTO employees (name, email, position, hired_on) VALUES (?, ?, 'Clerk', '2020-01-01')", [
      name,
      email,
    ]);
  let filmCount = 0;
  return {
    pool,
    url: database.url,
    customerId: await insert(
      "INSERT INTO customers (name, email, species, planet, address) VALUES ('Gax', 'gax@ork.example', 'Orkan', 'Ork', '1 Main Street')",
      [],
    ),
    employeeId: await addEmployee('Zix', 'zix@gorak.example'),
    otherEmployeeId: await addEmployee('Brill', 'brill@gorak.example'),
    addFilm: ({ stock, price = '9.99', title = `Film ${++filmCount}` }) =>
      insert(
        "INSERT INTO movies (title, release_year, runtime_minutes, genre, price, stock) VALUES (?, 1979, 117, 'Horror', ?, ?)",
        [title, price, stock],
      ),
    findFilm: async (movieId) => {
      const [row] = await select('SELECT stock, reserved, available FROM movies WHERE id = ?', movieId);
      return { stock: row?.stock, reserved: row?.reserved, available: row?.available };
    },
    findOrder: async (orderId) => {
      const [row] = await select('SELECT * FROM orders WHERE id = ?', orderId);
      if (!row) throw new Error(`no order ${orderId}`);
      return row;
    },
    findLines: (orderId) => select('SELECT * FROM order_items WHERE order_id = ? ORDER BY movie_id', orderId),
    addOutsideOrder: async (lines) => {
      const orderId = await insert('INSERT INTO orders (customer_id) SELECT MIN(id) FROM customers', []);
      for (const { movieId, quantity } of lines)
        await insert(
          'INSERT INTO order_items (order_id, movie_id, quantity, unit_price) SELECT ?, id, ?, price FROM movies WHERE id = ?',
          [orderId, quantity, movieId],
        );
      return orderId;
    },
    drop: async () => {
      await pool.end();
      await database.drop();
    },
  };
}
