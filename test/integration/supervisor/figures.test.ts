import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Pool, Queryable, RowDataPacket } from '../../../src/database/pool.ts';
import { findSupervisorState } from '../../../src/orders/find-supervisor-state.ts';
import { runOrderStep } from '../../../src/orders/run-order-step.ts';
import type { ReadContext } from '../../../src/resources/panel-context.ts';
import { type SupervisorFigures, toFigures, toHours } from '../../../src/ui/supervisor/figures.ts';
import { foldTransaction } from '../../../src/ui/supervisor/fold.ts';
import { SUPERVISOR_TOPICS, type SupervisorState } from '../../../src/ui/supervisor/state.ts';
import { openTestFeed, type TestFeed } from '../../support/change-feed.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { createTestReader } from '../../support/reader.ts';
import { StoreRows, ZIX } from '../../support/store-rows.ts';
import { type StoreAct, storeAct } from '../../support/supervisor-acts.ts';

const SEED = 20_261_122;
const ROUNDS = 25;
const ACTS_A_ROUND = 12;
const ROWS_SHOWN = 10;
const LATE_AFTER_HOURS = 48;

let database: TestDatabase;
let rows: StoreRows;
let source: TestFeed;
let reader: (db: Queryable) => ReadContext;
let customerId: number;
beforeAll(async () => {
  database = await createTestDatabase({ migrations: 'all' });
  rows = new StoreRows(database.pool);
  customerId = await rows.addCustomer('Gax');
  await rows.addEmployee('Zix');
  await rows.addEmployee('Brill');
  for (let film = 0; film < 20; film++) await rows.addFilm({ stock: 4 + 2 * film });
  // More open orders than a snapshot lists by themselves.
  await database.pool.query(
    `INSERT INTO orders (customer_id, placed_at) WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 90)
     SELECT ?, UTC_TIMESTAMP(3) - INTERVAL i * 37 MINUTE FROM n`,
    [customerId],
  );
  reader = await createTestReader(database.pool);
  source = await openTestFeed(database);
});
afterAll(async () => {
  await source.stop();
  await database.drop();
});

const read = () =>
  source.feed.snapshot((db) => findSupervisorState(reader(db), { lateAfterHours: LATE_AFTER_HOURS }));

test('figures folded from the log are those of a fresh query, at every quiet moment', async () => {
  const acts = fc.sample(storeAct, { seed: SEED, numRuns: ROUNDS * ACTS_A_ROUND });
  const first = await read();
  let state: SupervisorState = first.data;
  let cursor = first.cursor;
  let folded = 0;
  for (let round = 0; round < ROUNDS; round++) {
    for (const act of acts.slice(round * ACTS_A_ROUND, (round + 1) * ACTS_A_ROUND)) await perform(act);
    await source.settle();
    for (const transaction of source.transactions) {
      if (transaction.cursor <= cursor) continue;
      const changes = transaction.changes.filter(({ table }) => isTopic(table));
      state = foldTransaction(state, { ...transaction, changes });
      cursor = transaction.cursor;
      folded += changes.length;
    }
    await compare(state, `seed ${SEED}, round ${round}`);
  }
  expect(folded).toBeGreaterThan(ROUNDS * ACTS_A_ROUND);
  const [back] = await database.pool.query<RowDataPacket[]>(
    'SELECT SUM(returned_quantity) AS n FROM order_items',
  );
  expect(Number(back[0]?.n)).toBeGreaterThan(0);
});

const isTopic = (table: string) => (SUPERVISOR_TOPICS as readonly string[]).includes(table);

/** Does it; a refusal of the order book or of the database is none of this test's business. */
async function perform(act: StoreAct): Promise<void> {
  if (act.act === 'place')
    return void (await rows
      .place(customerId, [{ movieId: 1 + act.film, quantity: act.quantity }])
      .catch(ignoreRefusal));
  if (act.act === 'command') return performStep(act);
  if (act.act === 'comeBack') return comeBack(act);
  const connection = await database.pool.getConnection();
  await connection.query('START TRANSACTION');
  for (const [sql, ...values] of act.statements) {
    // Orders and shipments change as a loader may change them: further than the order book's rules let others go.
    const rests = sql.includes('movies') ? null : 1;
    await connection.query('SET @stock_movement_recorded = ?', [rests]);
    await connection.query(sql, values).catch(ignoreRefusal);
  }
  await connection.query(act.isCommitted ? 'COMMIT' : 'ROLLBACK');
  connection.destroy();
}

/** What is short, or more than was shipped, does not come back. */
async function comeBack({ film, quantity, back }: Extract<StoreAct, { act: 'comeBack' }>): Promise<void> {
  const movieId = 1 + film;
  const orderId = await rows.place(customerId, [{ movieId, quantity }]).catch(ignoreRefusal);
  const lines = [{ movieId, quantity: back, disposition: 'restock' as const }];
  for (const step of ['claim', 'pack', 'ship', 'return'] as const)
    await runOrderStep(database.pool, ZIX, step, {
      orderId,
      employeeId: 1,
      reason: 'because',
      carrier: 'GalEx',
      trackingNumber: 'GX',
      lines: step === 'return' ? lines : undefined,
    });
}

async function performStep({ step, order }: Extract<StoreAct, { act: 'command' }>): Promise<void> {
  const [found] = await database.pool.query<RowDataPacket[]>(
    `SELECT o.id, MIN(i.movie_id) AS movieId FROM orders o JOIN order_items i ON i.order_id = o.id
     GROUP BY o.id ORDER BY o.id DESC LIMIT 1 OFFSET ?`,
    [order % 12],
  );
  if (!found[0]) return;
  const { id: orderId, movieId } = found[0];
  const lines = order % 3 === 0 ? [{ movieId, quantity: 1, disposition: 'restock' as const }] : undefined;
  await runOrderStep(database.pool, ZIX, step, {
    orderId,
    employeeId: 1 + (order % 2),
    reason: 'because',
    carrier: 'GalEx',
    trackingNumber: 'GX',
    lines,
  });
}

function ignoreRefusal(error: { sqlState?: string; message: string }): void {
  if (error.sqlState === undefined && !/available/.test(error.message)) throw error;
}

async function compare(state: SupervisorState, where: string): Promise<void> {
  const fresh = (await read()).data;
  const nowMs = Date.parse(fresh.takenAt);
  const figures = toFigures(state, nowMs);
  expect(figures, where).toEqual(toFigures(fresh, nowMs));
  for (const range of ['today', 'last-day'] as const)
    expect(toHours(state, nowMs, range), where).toEqual(toHours(fresh, nowMs, range));
  for (const list of ['oldest', 'lowStock'] as const)
    expect(state[list].rows.slice(0, ROWS_SHOWN), where).toEqual(fresh[list].rows.slice(0, ROWS_SHOWN));
  expect(withoutTitles(state), where).toEqual(withoutTitles(fresh));
  expect(state.employees, where).toEqual(fresh.employees);
  expect(pick(figures), where).toEqual(await queryPlainly(database.pool, nowMs));
}

function withoutTitles({ movements }: SupervisorState): object[] {
  return movements.rows.slice(0, ROWS_SHOWN).map(({ title: _title, ...move }) => move);
}

function pick({ today, open, employees, lowStock }: SupervisorFigures): object {
  return {
    placed: today.placed,
    cancelled: today.byStatus.cancelled,
    soldCents: today.soldCents,
    late: open.late,
    onHold: open.onHold,
    unassigned: open.unassigned,
    openOfFirst: employees.find(({ id }) => id === 1)?.open ?? 0,
    shippedByFirst: employees.find(({ id }) => id === 1)?.shipped ?? 0,
    lowStock,
  };
}

/** The same figures as a person would ask for them. */
async function queryPlainly(pool: Pool, nowMs: number): Promise<object> {
  const now = new Date(nowMs).toISOString().replace('T', ' ').replace('Z', '');
  const open = "status IN ('placed', 'assigned', 'packed', 'partially_shipped')";
  const [found] = await pool.query<RowDataPacket[]>(
    `SELECT
      (SELECT COUNT(*) FROM orders WHERE DATE(placed_at) = DATE(@now)) AS placed,
      (SELECT COUNT(*) FROM orders WHERE DATE(placed_at) = DATE(@now) AND status = 'cancelled') AS cancelled,
      (SELECT COALESCE(SUM(total), 0) FROM orders WHERE DATE(placed_at) = DATE(@now) AND status <> 'cancelled')
        - (SELECT COALESCE(SUM(i.returned_quantity * i.unit_price), 0)
           FROM orders o JOIN order_items i ON i.order_id = o.id
           WHERE DATE(o.placed_at) = DATE(@now) AND o.status <> 'cancelled') AS sold,
      (SELECT COUNT(*) FROM orders WHERE ${open}
         AND placed_at < DATE_FORMAT(@now, '%Y-%m-%d %H:%i:00') - INTERVAL ${LATE_AFTER_HOURS} HOUR) AS late,
      (SELECT COUNT(*) FROM orders WHERE ${open} AND on_hold) AS onHold,
      (SELECT COUNT(*) FROM orders WHERE status = 'placed' AND employee_id IS NULL) AS unassigned,
      (SELECT COUNT(*) FROM orders WHERE ${open} AND employee_id = 1) AS openOfFirst,
      (SELECT COUNT(*) FROM shipments WHERE employee_id = 1 AND DATE(shipped_at) = DATE(@now)) AS shippedByFirst,
      (SELECT COUNT(*) FROM movies WHERE stock - reserved <= low_stock_threshold) AS lowStock`.replaceAll(
      '@now',
      pool.escape(now),
    ),
  );
  const { sold, ...counts } = found[0] as RowDataPacket;
  return { ...counts, soldCents: Math.round(Number(sold) * 100) };
}
