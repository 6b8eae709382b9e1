import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, PoolConnection } from '../../src/database/pool.ts';
import type { Random } from '../../src/seed/random.ts';

const FILMS = 12;
const PAUSE_MS = 5;

/** The tables that {@link RandomWriters} write to. */
export const WRITER_TABLES = ['shelves', 'films', 'reviews', 'ledger', 'markers'] as const;

export async function createWriterTables(pool: Pool): Promise<void> {
  await pool.query('CREATE TABLE shelves (id INT PRIMARY KEY, name VARCHAR(40) NOT NULL) ENGINE=InnoDB');
  await pool.query(`CREATE TABLE films (id INT PRIMARY KEY, shelf_id INT NOT NULL, title VARCHAR(40) NOT NULL,
    price DECIMAL(8,2) NOT NULL, stock INT NOT NULL, FOREIGN KEY (shelf_id) REFERENCES shelves (id)) ENGINE=InnoDB`);
  await pool.query(`CREATE TABLE reviews (film_id INT NOT NULL, author VARCHAR(20) NOT NULL, stars INT NULL,
    PRIMARY KEY (film_id, author), FOREIGN KEY (film_id) REFERENCES films (id) ON DELETE CASCADE) ENGINE=InnoDB`);
  await pool.query(`CREATE TABLE ledger (id BIGINT AUTO_INCREMENT PRIMARY KEY, film_id INT NOT NULL, delta INT NOT NULL,
    at DATETIME(3) NOT NULL DEFAULT (UTC_TIMESTAMP(3))) ENGINE=InnoDB`);
  await pool.query('CREATE TABLE markers (id INT AUTO_INCREMENT PRIMARY KEY) ENGINE=InnoDB');
  await pool.query("INSERT INTO shelves VALUES (1, 'Gork'), (2, 'Blip')");
}

type Statement = readonly [sql: string, values: readonly unknown[]];

/** Several sessions that insert, update, delete and roll back at random until they are stopped. */
export class RandomWriters {
  private readonly pool: Pool;
  private readonly random: Random;
  private readonly running: Promise<void>[];
  private isStopping = false;
  private committed = 0;
  private waiters: { count: number; done: () => void }[] = [];

  constructor(pool: Pool, random: Random, count = 3) {
    this.pool = pool;
    this.random = random;
    this.running = Array.from({ length: count }, () => this.run());
  }

  /** Resolves when so many more transactions have been committed. */
  commits(count: number): Promise<void> {
    return new Promise((done) => this.waiters.push({ count: this.committed + count, done }));
  }

  /** Returns when nothing is being written any more. */
  async stop(): Promise<void> {
    this.isStopping = true;
    await Promise.all(this.running);
  }

  private async run(): Promise<void> {
    while (!this.isStopping) {
      // A key or a lock may refuse it, and the server may be gone: the next one is another one.
      await this.write().catch(() => undefined);
      await delay(PAUSE_MS);
    }
  }

  private async write(): Promise<void> {
    const { random } = this;
    const statements = Array.from({ length: random.integer(1, 4) }, () => randomStatement(random)).flat();
    const isKept = !random.chance(0.15);
    const connection = await this.pool.getConnection();
    try {
      await connection.query('START TRANSACTION');
      for (const [sql, values] of statements) await connection.query(sql, [...values]);
      await connection.query(isKept ? 'COMMIT' : 'ROLLBACK');
      if (isKept) this.countCommit();
    } catch (error) {
      await rollBack(connection);
      throw error;
    } finally {
      connection.release();
    }
  }

  private countCommit(): void {
    this.committed++;
    const due = this.waiters.filter(({ count }) => this.committed >= count);
    this.waiters = this.waiters.filter((waiter) => !due.includes(waiter));
    for (const { done } of due) done();
  }
}

async function rollBack(connection: PoolConnection): Promise<void> {
  await connection.query('ROLLBACK').catch(() => connection.destroy());
}

function randomStatement(random: Random): Statement[] {
  const film = random.integer(1, FILMS);
  const other = random.integer(1, FILMS);
  const amount = random.integer(1, 9);
  return random.pick<() => Statement[]>([
    () => [
      [
        'INSERT INTO films VALUES (?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE title = VALUES(title)',
        [film, (amount % 2) + 1, `Film ${other}`, `${amount}.99`, amount],
      ],
    ],
    () => sale(film, amount),
    () => [...sale(film, amount), ...sale(other, -amount)],
    () => [['UPDATE films SET price = price + 0.01 WHERE id BETWEEN ? AND ?', [film, film + 3]]],
    () => [['REPLACE INTO reviews SELECT id, ?, ? FROM films WHERE id = ?', [`Zix ${other}`, amount, film]]],
    () => [['DELETE FROM reviews WHERE film_id = ? LIMIT 2', [film]]],
    () => [['DELETE FROM ledger ORDER BY id LIMIT 8', []]],
    // Takes its reviews along, of which MariaDB's log tells nothing.
    () => (random.chance(0.01) ? [['DELETE FROM films WHERE id = ?', [film]]] : sale(other, amount)),
    () => (random.chance(0.2) ? [['UPDATE films SET id = ? WHERE id = ?', [other, film]]] : sale(film, 1)),
  ])();
}

function sale(film: number, amount: number): Statement[] {
  return [
    ['UPDATE films SET stock = stock - ? WHERE id = ?', [amount, film]],
    ['INSERT INTO ledger (film_id, delta) VALUES (?, ?)', [film, -amount]],
  ];
}
