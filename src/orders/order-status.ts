import { quoting, type Refusal, refuse } from '../errors.ts';
import { OPEN_STATUSES, ORDER_STATUSES, type OrderStatus } from './order-statuses.ts';

/** What can be done with an order. */
export type OrderStep =
  | 'changeLines'
  | 'assign'
  | 'claim'
  | 'unassign'
  | 'hold'
  | 'release'
  | 'pack'
  | 'ship'
  | 'deliver'
  | 'cancel'
  | 'return'
  | 'note';

interface StepRule {
  /** For a button. */
  readonly label: string;
  /** "Only a packed order can be …". */
  readonly participle: string;
  /** What to ask before a step that cannot be undone. */
  readonly confirmation?: string;
  /** State before → states after. A state that is missing refuses the step. */
  readonly moves: Partial<Record<OrderStatus, readonly OrderStatus[]>>;
  /** 'blocked' while on hold, 'free' either way, 'needed': only while on hold. */
  readonly hold: 'blocked' | 'free' | 'needed';
}

const STAYS = Object.fromEntries(OPEN_STATUSES.map((status) => [status, [status]]));
const STAYS_ANYWHERE = Object.fromEntries(ORDER_STATUSES.map((status) => [status, [status]]));

/**
 * The rules of the order book: every step, where it starts and where it leads. The database holds everybody to the
 * moves (the triggers of migrations/store/).
 */
export const ORDER_STEPS: Readonly<Record<OrderStep, StepRule>> = {
  changeLines: {
    label: 'Change lines',
    participle: 'changed',
    moves: { placed: ['placed'], assigned: ['assigned'] },
    hold: 'blocked',
  },
  claim: { label: 'Claim', participle: 'claimed', moves: { placed: ['assigned'] }, hold: 'blocked' },
  assign: {
    label: 'Assign',
    participle: 'assigned',
    moves: { ...STAYS, placed: ['assigned'] },
    hold: 'blocked',
  },
  unassign: { label: 'Unassign', participle: 'unassigned', moves: { assigned: ['placed'] }, hold: 'blocked' },
  pack: { label: 'Pack', participle: 'packed', moves: { assigned: ['packed'] }, hold: 'blocked' },
  ship: {
    label: 'Ship',
    participle: 'shipped',
    confirmation: 'Ship these films? What has left the shelf can only be taken back.',
    moves: { packed: ['partially_shipped', 'shipped'], partially_shipped: ['partially_shipped', 'shipped'] },
    hold: 'blocked',
  },
  deliver: {
    label: 'Mark delivered',
    participle: 'marked delivered',
    confirmation: 'Mark this order as delivered? This cannot be undone.',
    moves: { shipped: ['delivered'] },
    hold: 'blocked',
  },
  return: {
    label: 'Take back',
    participle: 'taken back',
    confirmation: 'Take these films back? This cannot be undone.',
    moves: {
      partially_shipped: ['partially_shipped'],
      shipped: ['shipped', 'returned'],
      delivered: ['delivered', 'returned'],
    },
    hold: 'blocked',
  },
  hold: { label: 'Put on hold', participle: 'put on hold', moves: STAYS, hold: 'blocked' },
  release: { label: 'Release', participle: 'released', moves: STAYS, hold: 'needed' },
  cancel: {
    label: 'Cancel order',
    participle: 'cancelled',
    confirmation: 'Cancel everything that has not been shipped? This cannot be undone.',
    moves: {
      placed: ['cancelled'],
      assigned: ['cancelled'],
      packed: ['cancelled'],
      partially_shipped: ['shipped', 'returned'],
    },
    hold: 'free',
  },
  note: { label: 'Add a note', participle: 'annotated', moves: STAYS_ANYWHERE, hold: 'free' },
};

/** What the rules need to know of an order. */
export interface OrderState {
  readonly id: number;
  readonly status: OrderStatus;
  readonly onHold: boolean;
  readonly holdReason: string | null;
}

/** Whether a step is possible now: null, or the refusal that says why not and what to do. */
export function decideStep(order: OrderState, step: OrderStep): Refusal | null {
  const rule = ORDER_STEPS[step];
  if (!rule.moves[order.status])
    return quoting(
      refuse('wrong_status', describeWrongStatus(order, step)),
      ['orders.status'],
      `Order ${order.id} cannot be ${rule.participle} now.`,
    );
  if (rule.hold === 'blocked' && order.onHold)
    return quoting(
      refuse('on_hold', `Order ${order.id} is on hold (${order.holdReason}). Release it first.`),
      ['orders.on_hold', 'orders.hold_reason'],
      `Order ${order.id} cannot be ${rule.participle} now.`,
    );
  if (rule.hold === 'needed' && !order.onHold)
    return refuse('not_on_hold', `Order ${order.id} is not on hold: there is nothing to release.`);
  return null;
}

/** The steps that are possible now, in the order of the buttons. */
export function allowedSteps(order: OrderState): OrderStep[] {
  return (Object.keys(ORDER_STEPS) as OrderStep[]).filter((step) => decideStep(order, step) === null);
}

/** A status in words: 'partially shipped'. */
export function describeStatus(status: OrderStatus): string {
  return status.replace('_', ' ');
}

const NEXT_ACT: Partial<Record<OrderStatus, string>> = {
  placed: 'Assign it first.',
  assigned: 'Pack it first.',
  packed: 'Ship it first.',
  partially_shipped: 'Ship or cancel what is left first.',
};

function describeWrongStatus({ id, status }: OrderState, step: OrderStep): string {
  const { moves, participle } = ORDER_STEPS[step];
  const sources = ORDER_STATUSES.filter((candidate) => moves[candidate]);
  const names = sources.map(describeStatus);
  const list = names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : names[0];
  const isEarlier = sources.every(
    (source) => ORDER_STATUSES.indexOf(source) > ORDER_STATUSES.indexOf(status),
  );
  const advice = (isEarlier && NEXT_ACT[status]) || 'Look at its page for what can be done now.';
  const article = /^[aeiou]/.test(list ?? '') ? 'an' : 'a';
  return `Order ${id} is ${describeStatus(status)}: only ${article} ${list} order can be ${participle}. ${advice}`;
}
