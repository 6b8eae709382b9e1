import type { Actor } from '../database/activity.ts';
import type { Queryable, RowDataPacket } from '../database/pool.ts';
import { createPopularity, type Random } from '../seed/random.ts';

/** An employee of the store, as he appears in what is recorded. */
export interface Worker {
  readonly employeeId: number;
  readonly actor: Actor;
}

/** Who plays: everybody who is in the store when the curtain rises. */
export interface Cast {
  readonly agents: readonly Worker[];
  readonly leaders: readonly Worker[];
  /** Receives what is delivered. */
  readonly keeper: Worker;
  chooseCustomer(random: Random): number;
  /** Some films are far more popular than others. */
  chooseFilm(random: Random): number;
}

const MOST_CUSTOMERS = 5_000;

/** Finds the cast in a store; null where it lacks films, customers or employees. */
export async function loadCast(db: Queryable, random: Random): Promise<Cast | null> {
  const workers = await findWorkers(db);
  const [customers] = await db.query<RowDataPacket[]>('SELECT id FROM customers ORDER BY id LIMIT ?', [
    MOST_CUSTOMERS,
  ]);
  const [films] = await db.query<RowDataPacket[]>('SELECT id FROM movies ORDER BY id');
  const [first] = workers;
  if (!first || customers.length === 0 || films.length === 0) return null;
  const chooseFilm = createPopularity(
    random,
    films.map(({ id }) => Number(id)),
    9,
  );
  const customerIds = customers.map(({ id }) => Number(id));
  const those = (pattern: RegExp) => {
    const found = workers.filter(({ position }) => pattern.test(position));
    return found.length > 0 ? found : workers;
  };
  return {
    agents: those(/agent|specialist|clerk/i),
    leaders: those(/supervisor/i),
    keeper: those(/warehouse/i)[0] ?? first,
    chooseCustomer: (chance) => chance.pick(customerIds),
    chooseFilm,
  };
}

/** An employee with an account of the panel acts under it; the others under their name alone. */
async function findWorkers(db: Queryable): Promise<(Worker & { position: string })[]> {
  const [rows] = await db.query<RowDataPacket[]>(
    `SELECT e.id, e.name, e.position, a.id AS accountId, a.role
     FROM employees e LEFT JOIN panel_accounts a ON a.email = e.email
     WHERE e.active ORDER BY e.id`,
  );
  return rows.map((row) => ({
    employeeId: row.id,
    position: row.position,
    actor: { id: row.accountId, name: row.name, role: row.role ?? 'employee' },
  }));
}
