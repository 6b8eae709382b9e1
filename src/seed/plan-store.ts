import { loadFilms } from './films.ts';
import type { StockedFilm } from './insert-catalogue.ts';
import { liveOrder } from './order-life.ts';
import type { OrderPlan } from './order-plan.ts';
import { createOrderTimes, DAY_MS } from './order-times.ts';
import { type Customer, createCustomers, createEmployees, type NewEmployee } from './people.ts';
import { createRandom, type Random } from './random.ts';
import { createShop } from './shop.ts';
import { planStock, type StockChange } from './stock-plan.ts';

const SEED = 20_770_525;
const CUSTOMERS = 500;
const ORDER_DAYS = 90;

/** All that goes into an empty store. */
export interface StorePlan {
  readonly films: readonly StockedFilm[];
  readonly customers: readonly Customer[];
  readonly employees: readonly NewEmployee[];
  readonly orders: readonly OrderPlan[];
  readonly changes: readonly StockChange[];
}

/** Makes up a whole store; `now` is in milliseconds since 1970. */
export function planStore(orderCount: number, now: number): StorePlan {
  const random = createRandom(SEED);
  const films = loadFilms().map((film, index) => ({ ...film, id: index + 1 }));
  const customers = createCustomers(random, CUSTOMERS, now);
  const employees = createEmployees(now);
  const shop = createShop({ films, customers, employees, now });
  const openedAt = now - ORDER_DAYS * DAY_MS;
  const orders = createOrderTimes(random, orderCount, openedAt + 1000, now).map((at, index) => {
    // Chance of its own: when orders come depends on the hour of `now`, what is in them does not.
    const chance = createRandom(SEED + index + 1);
    const order = shop.placeOrder(chance, at);
    liveOrder(chance, shop, order);
    return order;
  });
  const spares = chooseSpares(random, films);
  const { changes, shelves } = planStock(random, [...spares.keys()], orders, {
    openedAt,
    now,
    actor: employees.find(({ position }) => position === 'Warehouse keeper') as NewEmployee,
    spare: (movieId) => spares.get(movieId) as number,
  });
  const stocked = films.map((film) => ({
    ...film,
    ...(shelves.get(film.id) as { stock: number; reserved: number }),
    lowStockThreshold: random.pick([3, 5, 5, 8]),
    createdAt: openedAt - random.integer(1_100, 1_900) * DAY_MS,
  }));
  return { films: stocked, customers, employees, orders, changes };
}

// Some films are sold out or nearly so.
function chooseSpares(random: Random, films: readonly { id: number }[]): Map<number, number> {
  const rare = random.shuffle(films).slice(0, 12);
  const spares = new Map(films.map(({ id }) => [id, random.integer(9, 45)]));
  for (const [index, { id }] of rare.entries()) spares.set(id, index < 3 ? 0 : random.integer(1, 4));
  return spares;
}
