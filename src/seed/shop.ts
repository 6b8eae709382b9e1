import type { World } from './order-life.ts';
import type { Employee, OrderPlan } from './order-plan.ts';
import { DAY_MS } from './order-times.ts';
import { createPopularity, createRandom, type Random } from './random.ts';
import { recordPlacing } from './record-steps.ts';

/** A film as orders need it. */
export interface ShopFilm {
  readonly id: number;
  /** Decimal string. */
  readonly price: string;
}

export interface ShopEmployee extends Employee {
  readonly position: string;
}

export interface ShopCustomer {
  readonly id: number;
  /** Since when he is one; milliseconds since 1970. */
  readonly since: number;
}

/** Who sells what to whom. */
export interface Shop extends World {
  /** Puts a basket together for some customer; all chance comes from `random`. */
  placeOrder(random: Random, at: number): OrderPlan;
}

interface ShopOptions {
  readonly films: readonly ShopFilm[];
  readonly customers: readonly ShopCustomer[];
  readonly employees: readonly ShopEmployee[];
  readonly now: number;
}

// How many of a hundred orders have one line, two lines, and so on; and lines one piece, two pieces, and so on.
const LINES_IN_PERCENT = [38, 27, 17, 10, 5, 3];
const PIECES_IN_PERCENT = [86, 10, 2, 1, 1];

// What is liked does not change: the same films and customers are busy whenever the shop opens.
const TASTE_SEED = 7;

/** Opens a shop: some of its films and customers are far busier than others. */
export function createShop({ films, customers, employees, now }: ShopOptions): Shop {
  const random = createRandom(TASTE_SEED);
  const chooseFilm = createPopularity(random, films, 9);
  const chooseCustomer = createPopularity(random, customers, 60);
  const leaders = employees.filter(({ position }) => position === 'Shift supervisor');
  const workers = employees.filter(({ position }) => /agent|specialist|clerk/.test(position));
  return {
    now,
    chooseEmployee: (chance, at) => chance.pick(atWork(workers.length > 0 ? workers : employees, at)),
    chooseSupervisor: (chance) => chance.pick(leaders.length > 0 ? leaders : employees),
    placeOrder: (chance, at) => {
      const size = Math.min(chooseCount(chance, LINES_IN_PERCENT), films.length);
      const basket = new Set<ShopFilm>();
      while (basket.size < size) basket.add(chooseFilm(chance));
      const lines = [...basket].map(({ id, price }) => ({
        movieId: id,
        quantity: chooseCount(chance, PIECES_IN_PERCENT),
        unitPrice: price,
      }));
      return recordPlacing(chooseSince(() => chooseCustomer(chance), at).id, lines, at);
    },
  };
}

// Nobody orders before having become a customer. The bound is for a store where everybody is new.
function chooseSince(choose: () => ShopCustomer, at: number): ShopCustomer {
  let customer = choose();
  for (let tries = 1; customer.since > at && tries < 100; tries++) customer = choose();
  return customer;
}

// Whoever stays for a week after the order came in sees it through.
function atWork(employees: readonly ShopEmployee[], at: number): readonly ShopEmployee[] {
  const present = employees.filter(({ since, until }) => since <= at && until > at + WEEK_MS);
  return present.length > 0 ? present : employees;
}

const WEEK_MS = 7 * DAY_MS;

function chooseCount(random: Random, percents: readonly number[]): number {
  let left = random.integer(1, 100);
  const index = percents.findIndex((percent) => {
    left -= percent;
    return left <= 0;
  });
  return index + 1;
}
