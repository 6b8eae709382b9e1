import type { Actor } from '../../src/database/activity.ts';
import type { Pool, ResultSetHeader, RowDataPacket } from '../../src/database/pool.ts';
import { placeOrder } from '../../src/orders/place-order.ts';

export const ZIX: Actor = { id: 7, name: 'Zix', role: 'employee' };

export interface OrderedFilm {
  readonly movieId: number;
  readonly quantity: number;
}

/** Writes and reads the rows of a store as tests need them. */
export class StoreRows {
  private filmCount = 0;
  constructor(readonly pool: Pool) {}

  addCustomer(name: string): Promise<number> {
    return this.insert(
      "INSERT INTO customers (name, email, species, planet, address) VALUES (?, ?, 'Orkan', 'Ork', '1 Main Street')",
      [name, `${name}@ork.example`],
    );
  }

  addEmployee(name: string): Promise<number> {
    return this.insert(
      "INSERT INTO employees (name, email, position, hired_on) VALUES (?, ?, 'Clerk', '2020-01-01')",
      [name, `${name.toLowerCase()}@gorak.example`],
    );
  }

  /** The account of the employee of this name, who cannot sign in. */
  addAccount({ id, name, role }: Actor): Promise<number> {
    return this.insert(
      "INSERT INTO panel_accounts (id, email, name, role, password_hash) VALUES (?, ?, ?, ?, '')",
      [id, `${name.toLowerCase()}@gorak.example`, name, role],
    );
  }

  addFilm({
    stock,
    price = '9.99',
    title,
  }: {
    stock: number;
    price?: string;
    title?: string;
  }): Promise<number> {
    this.filmCount += 1;
    return this.insert(
      "INSERT INTO movies (title, release_year, runtime_minutes, genre, price, stock) VALUES (?, 1979, 117, 'Horror', ?, ?)",
      [title ?? `Film ${this.filmCount}`, price, stock],
    );
  }

  /** Places an order with a key of its own; throws if it is refused. */
  async place(customerId: number, lines: OrderedFilm[]): Promise<number> {
    const input = { customerId, lines, idempotencyKey: crypto.randomUUID() };
    const placed = await placeOrder(this.pool, ZIX, input);
    if (!placed.ok) throw new Error(placed.message);
    return placed.orderId;
  }

  /** Writes an order as another program would: its lines hold nothing. */
  async addOutsideOrder(lines: readonly OrderedFilm[]): Promise<number> {
    const orderId = await this.insert('INSERT INTO orders (customer_id) SELECT MIN(id) FROM customers', []);
    for (const { movieId, quantity } of lines)
      await this.insert(
        'INSERT INTO order_items (order_id, movie_id, quantity, unit_price) SELECT ?, id, ?, price FROM movies WHERE id = ?',
        [orderId, quantity, movieId],
      );
    return orderId;
  }

  async findFilm(movieId: number): Promise<{ stock: number; reserved: number; available: number }> {
    const [row] = await this.select('SELECT stock, reserved, available FROM movies WHERE id = ?', movieId);
    return { stock: row?.stock, reserved: row?.reserved, available: row?.available };
  }

  async findOrder(orderId: number): Promise<RowDataPacket> {
    const [row] = await this.select('SELECT * FROM orders WHERE id = ?', orderId);
    if (!row) throw new Error(`no order ${orderId}`);
    return row;
  }

  findLines(orderId: number): Promise<RowDataPacket[]> {
    return this.select('SELECT * FROM order_items WHERE order_id = ? ORDER BY movie_id', orderId);
  }

  private async insert(sql: string, values: unknown[]): Promise<number> {
    return (await this.pool.query<ResultSetHeader>(sql, values))[0].insertId;
  }

  private async select(sql: string, id: number): Promise<RowDataPacket[]> {
    return (await this.pool.query<RowDataPacket[]>(sql, [id]))[0];
  }
}
