import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Pool, type PoolConnection, type RowDataPacket, transaction } from '../../src/database/pool.ts';
import { answerOnce } from '../../src/orders/idempotency.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { untilLockIsAwaited } from '../support/lock-waits.ts';

let database: TestDatabase;
let pool: Pool;
let outside: PoolConnection;

beforeAll(async () => {
  database = await createTestDatabase();
  pool = database.pool;
  await pool.query('CREATE TABLE shelves (id INT PRIMARY KEY, films INT NOT NULL) ENGINE=InnoDB');
  await pool.query(`CREATE TABLE deliveries (id INT AUTO_INCREMENT PRIMARY KEY, shelf_id INT NOT NULL,
    FOREIGN KEY (shelf_id) REFERENCES shelves (id)) ENGINE=InnoDB`);
  outside = await pool.getConnection();
});
beforeEach(async () => {
  await pool.query('DELETE FROM deliveries');
  await pool.query('DELETE FROM shelves');
  await pool.query(`INSERT INTO shelves VALUES ${Array.from({ length: 40 }, (_, id) => `(${id}, 0)`)}`);
});
afterAll(async () => {
  outside.release();
  await database.drop();
});

async function findFilms(id: number): Promise<number> {
  const [[row]] = await pool.query<RowDataPacket[]>('SELECT films FROM shelves WHERE id = ?', [id]);
  return row?.films;
}

test('a single statement that reads a row which changes before it is locked is done once', async () => {
  await outside.query('START TRANSACTION');
  await outside.query('UPDATE shelves SET films = 10 WHERE id = 1');
  // Reads without a lock; its foreign key then asks for one.
  const delivered = pool.query('INSERT INTO deliveries (shelf_id) SELECT id FROM shelves WHERE id = 1');
  await untilLockIsAwaited(outside);
  await outside.query('COMMIT');
  await delivered;
  const [deliveries] = await pool.query<RowDataPacket[]>('SELECT shelf_id FROM deliveries');
  expect(deliveries).toEqual([{ shelf_id: 1 }]);
});

test('a single statement that is the victim of a deadlock is done once', async () => {
  await outside.query('START TRANSACTION');
  // Having changed more, the other one is not sacrificed.
  await outside.query('UPDATE shelves SET films = 5 WHERE id > 2');
  const moved = pool.query('UPDATE shelves SET films = films + 1 WHERE id IN (2, 39) ORDER BY id');
  await untilLockIsAwaited(outside);
  await outside.query('UPDATE shelves SET films = 5 WHERE id = 2');
  await outside.query('COMMIT');
  await moved;
  expect([await findFilms(2), await findFilms(39)]).toEqual([6, 6]);
});

test('a transaction that does not wait for a lock is tried again until it has it', async () => {
  await outside.query('START TRANSACTION');
  await outside.query('UPDATE shelves SET films = 5 WHERE id = 3');
  let attempts = 0;
  await transaction(pool, async (connection) => {
    attempts++;
    if (attempts === 3) await outside.query('COMMIT');
    await connection.query('UPDATE shelves SET films = films + 1 WHERE id = 4');
    await connection.query('SELECT films FROM shelves WHERE id = 3 FOR UPDATE NOWAIT');
  });
  expect(attempts).toBe(3);
  expect(await findFilms(4)).toBe(1);
});

test.each([1020, 1205, 1213])('an order command that error %i ends in vain is refused', async (errno) => {
  const attempt = () => Promise.reject(Object.assign(new Error('try restarting transaction'), { errno }));
  expect(await answerOnce(pool, null, attempt)).toMatchObject({ ok: false, code: 'busy' });
});
