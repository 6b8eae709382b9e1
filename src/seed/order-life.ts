import { collect, openQuantity, type Quantities, returnableQuantity } from '../orders/line-arithmetic.ts';
import type { Employee, OrderPlan } from './order-plan.ts';
import { HOUR_MS } from './order-times.ts';
import {
  CANCEL_REASONS,
  CANCEL_REST_REASONS,
  CARRIERS,
  HOLD_REASONS,
  NOTES,
  RELEASE_REASONS,
  RETURN_REASONS,
} from './phrases.ts';
import type { Random } from './random.ts';
import {
  recordAssignment,
  recordCancelling,
  recordDelivery,
  recordHold,
  recordNote,
  recordPacking,
  recordRelease,
  recordReturn,
  recordShipping,
} from './record-steps.ts';

/** What an order's life depends on besides chance. */
export interface World {
  readonly now: number;
  chooseEmployee(random: Random, at: number): Employee;
  chooseSupervisor(random: Random): Employee;
}

/** How far an order's life has come. */
interface Life {
  readonly random: Random;
  readonly world: World;
  readonly order: OrderPlan;
  /** Who has the order. */
  employee: Employee;
  at: number;
}

/** A part of an order's life; false where it ends there, at its end or because `now` is reached. */
type Chapter = (life: Life) => boolean;

/** Lets a placed order live until its story ends or `world.now` is reached. */
export function liveOrder(random: Random, world: World, order: OrderPlan): void {
  const at = order.placedAt;
  const life: Life = { random, world, order, employee: world.chooseEmployee(random, at), at };
  CHAPTERS.every((chapter) => chapter(life));
}

// Lets hours pass, more often few than many; false if `now` comes first.
function wait(life: Life, leastHours: number, mostHours: number): boolean {
  const hours = leastHours + (mostHours - leastHours) * life.random.fraction() ** 2;
  life.at += Math.ceil(hours * HOUR_MS) + 1;
  return life.at <= life.world.now;
}

function moment({ at, employee }: Life): { at: number; actor: Employee } {
  return { at, actor: employee };
}

const assign: Chapter = (life) => {
  const { random, world, order, employee } = life;
  if (!wait(life, 0.4, 80)) return false;
  const isClaimed = random.chance(0.55);
  const actor = isClaimed ? employee : world.chooseSupervisor(random);
  recordAssignment(order, { at: life.at, actor }, isClaimed ? 'claim' : 'assign', employee);
  return true;
};

const note: Chapter = (life) => {
  if (!life.random.chance(0.06)) return true;
  if (!wait(life, 0.1, 2)) return false;
  recordNote(life.order, moment(life), life.random.pick(NOTES));
  return true;
};

const hold =
  (probability: number): Chapter =>
  (life) => {
    const { random, order } = life;
    if (!random.chance(probability)) return true;
    if (!wait(life, 0.2, 6)) return false;
    recordHold(order, moment(life), random.pick(HOLD_REASONS));
    if (!wait(life, 5, 320)) return false;
    if (!random.chance(0.15)) {
      recordRelease(order, moment(life), random.pick(RELEASE_REASONS));
      return true;
    }
    recordCancelling(order, moment(life), random.pick(CANCEL_REASONS));
    return false;
  };

const cancel =
  (probability: number): Chapter =>
  (life) => {
    if (!life.random.chance(probability)) return true;
    if (wait(life, 0.2, 12)) recordCancelling(life.order, moment(life), life.random.pick(CANCEL_REASONS));
    return false;
  };

const pack: Chapter = (life) => {
  if (!wait(life, 1, 44)) return false;
  recordPacking(life.order, moment(life));
  return true;
};

const ship: Chapter = (life) => {
  const { random, order } = life;
  if (!wait(life, 0.5, 36)) return false;
  const part = choosePart(random, order);
  if (part && random.chance(0.2)) {
    recordShipping(order, moment(life), createParcel(random), part);
    if (!wait(life, 10, 130)) return false;
    if (random.chance(0.15)) {
      recordCancelling(order, moment(life), random.pick(CANCEL_REST_REASONS));
      return true;
    }
  }
  recordShipping(order, moment(life), createParcel(random));
  return true;
};

const deliver: Chapter = (life) => {
  if (!wait(life, 18, 250)) return false;
  recordDelivery(life.order, moment(life));
  return true;
};

const takeBack: Chapter = (life) => {
  const { random, world, order } = life;
  if (!random.chance(0.055) || !wait(life, 30, 500)) return false;
  const whole = collect(order.lines, returnableQuantity);
  const quantities = (random.chance(0.5) && chooseLine(random, whole)) || whole;
  const actor = world.chooseEmployee(random, life.at);
  const disposition = random.chance(0.75) ? 'restock' : 'write_off';
  const terms = { reason: random.pick(RETURN_REASONS), disposition } as const;
  recordReturn(order, { at: life.at, actor }, quantities, terms);
  return false;
};

const CHAPTERS: readonly Chapter[] = [
  cancel(0.025),
  hold(0.015),
  assign,
  note,
  hold(0.035),
  cancel(0.015),
  pack,
  cancel(0.005),
  ship,
  deliver,
  takeBack,
];

// Some of the lines, not all; null where there is only one.
function choosePart(random: Random, order: OrderPlan): Quantities | null {
  const open = [...collect(order.lines, openQuantity)];
  if (open.length < 2) return null;
  return new Map(open.slice(0, random.integer(1, open.length - 1)));
}

function chooseLine(random: Random, quantities: Quantities): Quantities {
  return new Map([random.pick([...quantities])]);
}

/** Some carrier, and a tracking number as he writes them. */
export function createParcel(random: Random): { carrier: string; trackingNumber: string } {
  const { name, prefix } = random.pick(CARRIERS);
  const number = random.integer(36 ** 5, 36 ** 6 - 1).toString(36);
  return { carrier: name, trackingNumber: `${prefix}-${number.toUpperCase()}` };
}
