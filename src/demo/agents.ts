import type { Pool, Queryable, RowDataPacket } from '../database/pool.ts';
import type { Refusal } from '../errors.ts';
import type { OrderStep } from '../orders/order-status.ts';
import { runOrderStep } from '../orders/run-order-step.ts';
import { createParcel } from '../seed/order-life.ts';
import { CANCEL_REASONS, HOLD_REASONS, NOTES, RELEASE_REASONS, RETURN_REASONS } from '../seed/phrases.ts';
import type { Random } from '../seed/random.ts';
import type { Cast, Worker } from './cast.ts';

interface Task {
  readonly orderId: number;
  readonly employeeId: number | null;
}

/** A pile of orders that wait for one thing. */
interface Pile {
  readonly condition: string;
  /** So many are left lying, so that every screen has something to show. */
  readonly left: number;
  /** What may be done, with its weight. */
  readonly steps: readonly (readonly [OrderStep, number])[];
}

const WORKED = 'on_hold = FALSE AND status';
const PILES: readonly Pile[] = [
  {
    condition: `${WORKED} = 'placed'`,
    left: 15,
    steps: weigh({ claim: 60, assign: 30, cancel: 2, hold: 3, note: 5 }),
  },
  {
    condition: `${WORKED} = 'assigned'`,
    left: 12,
    steps: weigh({ pack: 88, unassign: 2, cancel: 2, hold: 3, note: 5 }),
  },
  { condition: `${WORKED} = 'packed'`, left: 10, steps: weigh({ ship: 96, hold: 3, cancel: 1 }) },
  { condition: `${WORKED} = 'partially_shipped'`, left: 4, steps: weigh({ ship: 88, cancel: 12 }) },
  { condition: `${WORKED} = 'shipped'`, left: 60, steps: weigh({ deliver: 98, return: 2 }) },
  {
    condition: "on_hold = TRUE AND status IN ('placed', 'assigned', 'packed', 'partially_shipped')",
    left: 8,
    steps: weigh({ release: 85, cancel: 15 }),
  },
];
const MOST_COUNTED = 200;
const NEAREST = 10;

function weigh(steps: Partial<Record<OrderStep, number>>): [OrderStep, number][] {
  return Object.entries(steps) as [OrderStep, number][];
}

/** Takes one order one step on, from one of the larger piles; null also where there is nothing to do. */
export async function workOnSomeOrder(pool: Pool, cast: Cast, random: Random): Promise<Refusal | null> {
  const pile = await choosePile(pool, random);
  const task = pile && (await chooseTask(pool, random, pile));
  if (!task) return null;
  const step = chooseWeighted(random, pile.steps);
  if (!step) return null;
  const worker = chooseWorker(cast, random, task, step);
  const input = await fillIn(pool, cast, random, task, step, worker);
  const done = await runOrderStep(pool, worker.actor, step, { orderId: task.orderId, ...input });
  return done.ok ? null : done;
}

async function choosePile(db: Queryable, random: Random): Promise<Pile | undefined> {
  const counts = PILES.map(
    ({ condition }) =>
      `(SELECT COUNT(*) FROM (SELECT 1 FROM orders WHERE ${condition} LIMIT ${MOST_COUNTED}) counted)`,
  );
  const [[row]] = await db.query<RowDataPacket[]>(
    `SELECT ${counts.map((count, index) => `${count} AS pile${index}`).join(', ')}`,
  );
  const weights = PILES.map((pile, index) => [pile, Math.max(0, row?.[`pile${index}`] - pile.left)] as const);
  return chooseWeighted(random, weights);
}

/** One of the newest, so that an order is seen to pass through; or one of those that wait longest. */
async function chooseTask(db: Queryable, random: Random, { condition }: Pile): Promise<Task | null> {
  const direction = random.chance(0.6) ? 'DESC' : 'ASC';
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT id AS orderId, employee_id AS employeeId FROM orders WHERE ${condition}
     ORDER BY placed_at ${direction} LIMIT ${NEAREST}`,
  );
  return rows.length > 0 ? (random.pick(rows) as Task & RowDataPacket) : null;
}

function chooseWorker(cast: Cast, random: Random, { employeeId }: Task, step: OrderStep): Worker {
  if (step === 'assign' || step === 'unassign') return random.pick(cast.leaders);
  const everybody = [...cast.agents, ...cast.leaders];
  return everybody.find((worker) => worker.employeeId === employeeId) ?? random.pick(cast.agents);
}

async function fillIn(
  db: Queryable,
  cast: Cast,
  random: Random,
  { orderId }: Task,
  step: OrderStep,
  worker: Worker,
): Promise<object> {
  switch (step) {
    case 'claim':
      return { employeeId: worker.employeeId };
    case 'assign':
      return { employeeId: random.pick(cast.agents).employeeId };
    case 'ship': {
      const { carrier, trackingNumber } = createParcel(random);
      return { carrier, trackingNumber, ...(await choosePart(db, random, orderId)) };
    }
    case 'return': {
      const lines = await findLines(db, orderId, 'shipped_quantity - returned_quantity');
      const disposition = random.chance(0.75) ? 'restock' : 'write_off';
      return {
        reason: random.pick(RETURN_REASONS),
        lines: lines.map((line) => ({ ...line, disposition })),
      };
    }
    case 'hold':
      return { reason: random.pick(HOLD_REASONS) };
    case 'release':
      return { reason: random.pick(RELEASE_REASONS) };
    case 'cancel':
      return { reason: random.pick(CANCEL_REASONS) };
    case 'note':
      return { note: random.pick(NOTES) };
    default:
      return {};
  }
}

/** Now and then, only some of several lines are shipped at first. */
async function choosePart(db: Queryable, random: Random, orderId: number): Promise<object> {
  if (!random.chance(0.15)) return {};
  const lines = await findLines(db, orderId, 'quantity - shipped_quantity - cancelled_quantity');
  return lines.length > 1 ? { lines: lines.slice(0, random.integer(1, lines.length - 1)) } : {};
}

async function findLines(
  db: Queryable,
  orderId: number,
  quantity: string,
): Promise<{ movieId: number; quantity: number }[]> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT movie_id AS movieId, ${quantity} AS quantity FROM order_items
     WHERE order_id = ? AND ${quantity} > 0 ORDER BY movie_id`,
    [orderId],
  );
  return rows.map(({ movieId, quantity: pieces }) => ({ movieId, quantity: Number(pieces) }));
}

function chooseWeighted<T>(random: Random, choices: readonly (readonly [T, number])[]): T | undefined {
  let point = random.fraction() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  return choices.find(([, weight]) => {
    point -= weight;
    return point < 0;
  })?.[0];
}
