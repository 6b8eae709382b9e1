import { expect, test } from 'vitest';
import { openQuantity } from '../../../src/orders/line-arithmetic.ts';
import { ORDER_STATUSES } from '../../../src/orders/order-statuses.ts';
import type { OrderPlan } from '../../../src/seed/order-plan.ts';
import { DAY_MS } from '../../../src/seed/order-times.ts';
import { planStore, type StorePlan } from '../../../src/seed/plan-store.ts';

const now = Date.UTC(2026, 10, 22, 12, 34, 56, 789);
const plan = planStore(3_000, now);

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

test('the same store is planned every time', () => {
  expect(planStore(300, now)).toEqual(planStore(300, now));
});

test('what is ordered does not depend on the time of day', () => {
  const linesOf = ({ orders }: StorePlan) => orders.map((order) => order.lines.map(({ movieId }) => movieId));
  expect(linesOf(planStore(300, now + 7 * 3_600_000))).toEqual(linesOf(planStore(300, now)));
});

test('every status is there, most orders are delivered, and the open ones are recent', () => {
  const countOf = (status: string) => plan.orders.filter((order) => order.status === status).length;
  for (const status of ORDER_STATUSES) expect(countOf(status), status).toBeGreaterThan(0);
  expect(countOf('delivered')).toBeGreaterThan(2_100);
  for (const { status, placedAt, onHold } of plan.orders) {
    if (onHold || !['placed', 'assigned', 'packed'].includes(status)) continue;
    expect(now - placedAt).toBeLessThan(30 * DAY_MS);
  }
  const held = plan.orders.filter(({ onHold }) => onHold);
  expect(held.length).toBeGreaterThan(2);
  expect(held.every(({ holdReason }) => holdReason !== null)).toBe(true);
});

test('an order has 1 to 6 lines, and an employee from when it is assigned', () => {
  const wrong = plan.orders.filter(({ lines, status, employeeId }) => {
    const films = new Set(lines.map(({ movieId }) => movieId));
    const isAssigned = status !== 'placed' && status !== 'cancelled';
    return (
      lines.length < 1 || lines.length > 6 || films.size < lines.length || (isAssigned && employeeId === null)
    );
  });
  expect(wrong).toEqual([]);
});

test('what a line holds is what is still to be shipped of it', () => {
  const wrong = plan.orders.filter(({ lines, status }) =>
    lines.some(
      (line) =>
        line.held !== openQuantity(line) ||
        line.returned > line.shipped ||
        (line.held === 0) !== (isClosed(status) || line.shipped + line.cancelled === line.quantity),
    ),
  );
  expect(wrong).toEqual([]);
});

const isClosed = (status: string) => ['shipped', 'delivered', 'cancelled', 'returned'].includes(status);

test('the movements of an order add up to what its lines say', () => {
  const wrong = plan.orders.filter((order) =>
    order.lines.some((line) => {
      const movements = order.movements.filter(({ movieId }) => movieId === line.movieId);
      const writtenOff = movements.filter(({ reason }) => reason === 'written_off');
      const stock = sum(movements.map((movement) => movement.stock));
      const reserved = sum(movements.map((movement) => movement.reserved));
      const lost = sum(writtenOff.map((movement) => movement.stock));
      return reserved !== line.held || stock !== line.returned - line.shipped + lost;
    }),
  );
  expect(wrong).toEqual([]);
});

test('what was shipped lies in shipments, which have arrived where the order was delivered', () => {
  const wrong = plan.orders.filter(({ lines, shipments, status }) => {
    const sent = shipments.flatMap((shipment) => shipment.lines);
    const sentOf = (film: number) =>
      sum(sent.filter(({ movieId }) => movieId === film).map(({ quantity }) => quantity));
    const hasArrived = status === 'delivered' || status === 'returned';
    return (
      lines.some(({ movieId, shipped }) => sentOf(movieId) !== shipped) ||
      shipments.some(({ shippedAt, deliveredAt }) => hasArrived !== (deliveredAt ?? 0) > shippedAt)
    );
  });
  expect(wrong).toEqual([]);
});

test('a timeline begins with the placing, goes forward in time and ends before now', () => {
  const wrong = plan.orders.filter(({ placedAt, activities }) => {
    const [first] = activities;
    const times = activities.map(({ at }) => at);
    const isForward = times.every((at, index) => index === 0 || at > (times[index - 1] as number));
    return (
      first?.action !== 'order_placed' || first.at !== placedAt || !isForward || (times.at(-1) ?? 0) > now
    );
  });
  expect(wrong).toEqual([]);
});

test('nobody orders before having become a customer, and nobody works before being hired', () => {
  const customers = new Map(plan.customers.map(({ id, since }) => [id, since]));
  const employees = new Map(plan.employees.map(({ name, since }) => [name, since]));
  const wrong = plan.orders.filter(
    ({ customerId, placedAt, activities }) =>
      (customers.get(customerId) ?? now) > placedAt ||
      activities.slice(1).some(({ actor, at }) => (employees.get(actor.name) ?? now) > at),
  );
  expect(wrong).toEqual([]);
});

test('some films are far more popular than others', () => {
  const sold = new Map<number, number>();
  for (const { movieId } of plan.orders.flatMap(({ lines }) => lines))
    sold.set(movieId, (sold.get(movieId) ?? 0) + 1);
  const counts = [...sold.values()].sort((a, b) => b - a);
  expect(sum(counts.slice(0, 32))).toBeGreaterThan(sum(counts) / 4);
});

test('a film or two are sold out, and more are low', () => {
  const available = plan.films.map(({ stock, reserved }) => stock - reserved);
  expect(available.filter((pieces) => pieces === 0).length).toBeGreaterThanOrEqual(2);
  expect(available.filter((pieces) => pieces > 0 && pieces < 5).length).toBeGreaterThanOrEqual(5);
});

test('no film was ever oversold, and each figure is the sum of its movements', () => {
  const flows = collectFlows(plan.orders);
  for (const { movieId, at, delta } of plan.changes)
    flows.get(movieId)?.push({ at, stock: delta, reserved: 0 });
  const wrong = plan.films.filter(({ id, stock, reserved }) => {
    const flow = (flows.get(id) ?? []).sort((a, b) => a.at - b.at);
    let available = 0;
    const lowest = Math.min(...flow.map((step) => (available += step.stock - step.reserved)));
    const figures = [sum(flow.map((step) => step.stock)), sum(flow.map((step) => step.reserved))];
    return lowest < 0 || figures[0] !== stock || figures[1] !== reserved;
  });
  expect(wrong).toEqual([]);
});

function collectFlows(orders: readonly OrderPlan[]) {
  const flows = new Map<number, { at: number; stock: number; reserved: number }[]>(
    plan.films.map(({ id }) => [id, []]),
  );
  for (const { movieId, at, stock, reserved } of orders.flatMap(({ movements }) => movements))
    flows.get(movieId)?.push({ at, stock, reserved });
  return flows;
}
