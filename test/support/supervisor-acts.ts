import fc from 'fast-check';

/** Something that happens in a store: an order book's command, or SQL of another program. */
export type StoreAct =
  | { readonly act: 'command'; readonly step: (typeof STEPS)[number]; readonly order: number }
  | { readonly act: 'place'; readonly film: number; readonly quantity: number }
  /** An order that is placed and shipped, and of which some comes back. */
  | { readonly act: 'comeBack'; readonly film: number; readonly quantity: number; readonly back: number }
  | { readonly act: 'sql'; readonly statements: readonly Sql[]; readonly isCommitted: boolean };

export type Sql = readonly [sql: string, ...values: readonly (string | number)[]];

const STEPS = [
  'claim',
  'assign',
  'unassign',
  'hold',
  'release',
  'pack',
  'ship',
  'deliver',
  'cancel',
  'return',
] as const;

const order = fc.nat(99);
const hoursAgo = fc.oneof(fc.integer({ min: -3, max: 60 }), fc.constantFrom(24, 47, 48, 49));
const employee = fc.constantFrom(1, 2);
const film = fc.nat(19);
/** The order at a place among those there are, counted from the newest. */
const NTH = '(SELECT id FROM (SELECT id FROM orders ORDER BY id DESC LIMIT 1 OFFSET ?) nth)';

const statement: fc.Arbitrary<Sql> = fc.oneof(
  fc.tuple(
    fc.constant(
      'INSERT INTO orders (customer_id, placed_at, total) SELECT MIN(id), UTC_TIMESTAMP(3) - INTERVAL ? HOUR, ? FROM customers',
    ),
    hoursAgo,
    fc.constantFrom('12.34', '0.01', '9999.99'),
  ),
  fc.tuple(
    fc.constant(`UPDATE orders SET placed_at = UTC_TIMESTAMP(3) - INTERVAL ? HOUR WHERE id = ${NTH}`),
    hoursAgo,
    order,
  ),
  fc.tuple(
    fc.constant(`UPDATE orders SET status = ? WHERE id = ${NTH}`),
    fc.constantFrom('placed', 'assigned', 'packed', 'shipped', 'cancelled', 'delivered'),
    order,
  ),
  fc.tuple(fc.constant(`UPDATE orders SET employee_id = ? WHERE id = ${NTH}`), employee, order),
  fc.tuple(fc.constant(`UPDATE orders SET employee_id = NULL WHERE id = ${NTH}`), order),
  fc.tuple(
    fc.constant(`UPDATE orders SET on_hold = ?, hold_reason = 'because' WHERE id = ${NTH}`),
    fc.nat(1),
    order,
  ),
  fc.tuple(fc.constant(`DELETE FROM orders WHERE id = ${NTH}`), order),
  fc.tuple(fc.constant(`UPDATE orders SET id = id + 1000000 WHERE id = ${NTH}`), order),
  fc.tuple(
    fc.constant("UPDATE orders SET status = 'cancelled' WHERE status = 'placed' ORDER BY placed_at LIMIT ?"),
    fc.constantFrom(1, 4),
  ),
  fc.tuple(
    fc.constant(
      `INSERT INTO shipments (order_id, carrier, tracking_number, shipped_at)
       SELECT id, 'GalEx', 'GX', UTC_TIMESTAMP(3) - INTERVAL ? HOUR FROM orders WHERE id = ${NTH}`,
    ),
    fc.integer({ min: 0, max: 30 }),
    order,
  ),
  fc.tuple(fc.constant('DELETE FROM shipments ORDER BY id LIMIT ?'), fc.nat(1)),
  fc.tuple(
    fc.constant('UPDATE movies SET stock = stock - ? WHERE id = 1 + ?'),
    fc.integer({ min: 1, max: 3 }),
    film,
  ),
  fc.tuple(fc.constant('UPDATE movies SET low_stock_threshold = ? WHERE id = 1 + ?'), fc.nat(12), film),
  fc.tuple(
    fc.constant('UPDATE employees SET name = ? WHERE id = ?'),
    fc.constantFrom('Mork', 'Mindy'),
    employee,
  ),
  fc.tuple(fc.constant('UPDATE employees SET active = ? WHERE id = ?'), fc.nat(1), employee),
) as fc.Arbitrary<Sql>;

export const storeAct: fc.Arbitrary<StoreAct> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ act: fc.constant('command'), step: fc.constantFrom(...STEPS), order }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant('place'), film, quantity: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('comeBack'),
      film,
      quantity: fc.integer({ min: 2, max: 3 }),
      back: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      act: fc.constant('sql'),
      statements: fc.array(statement, { minLength: 1, maxLength: 4 }),
      isCommitted: fc.integer({ min: 0, max: 4 }).map((chance) => chance > 0),
    }),
  },
) as fc.Arbitrary<StoreAct>;
