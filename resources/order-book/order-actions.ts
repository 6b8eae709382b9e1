import { refuse } from '../../src/errors.ts';
import { addNote } from '../../src/orders/add-note.ts';
import { assignOrder, claimOrder, unassignOrder } from '../../src/orders/assign-order.ts';
import { cancelOrder } from '../../src/orders/cancel-order.ts';
import { changeLines } from '../../src/orders/change-lines.ts';
import { deliverOrder } from '../../src/orders/deliver-order.ts';
import { findEmployeeOfAccount } from '../../src/orders/employees.ts';
import { holdOrder, releaseOrder } from '../../src/orders/hold-order.ts';
import { allowedSteps, ORDER_STEPS, type OrderStep } from '../../src/orders/order-status.ts';
import type { OrderStatus } from '../../src/orders/order-statuses.ts';
import { packOrder } from '../../src/orders/pack-order.ts';
import { returnLines } from '../../src/orders/return-lines.ts';
import { shipOrder } from '../../src/orders/ship-order.ts';
import type { ActionField, RecordAction } from '../../src/resources/define-action.ts';
import type { PanelContext, Work } from '../../src/resources/panel-context.ts';
import { sentence } from '../../src/sentence.ts';
import { openCarriers } from './carriers.ts';
import { findHolders } from './order-holder.ts';
import { tellDone } from './tell-done.ts';

type Command = Work<never, Extract<Awaited<ReturnType<typeof packOrder>>, { ok: true }>>;
type Look = Partial<Pick<RecordAction, 'icon' | 'tone' | 'can' | 'fields' | 'formOnPage'>>;

const text = (name: string, label: string, required = true): ActionField => ({
  name,
  label,
  kind: 'text',
  required,
});
const reason = text('reason', 'Reason');

/** Offers a command of the order book as an action: its own rules say when it is possible, and refuse when it is not. */
function orderAction(
  name: string,
  step: OrderStep,
  done: string,
  command: Command,
  look: Look = {},
): RecordAction {
  const { label, confirmation } = ORDER_STEPS[step];
  return {
    name,
    label,
    can: true,
    ...look,
    ...(confirmation ? { confirm: confirmation } : {}),
    isPossible: (row) =>
      allowedSteps({
        id: Number(row.id),
        status: row.status as OrderStatus,
        onHold: row.on_hold === true,
        holdReason: null,
      }).includes(step),
    open: async (context, id) => {
      const holder = await findHolder(context, id);
      const warning = holder === undefined ? {} : { warning: sentence`${holder} has this order.` };
      return step === 'ship' ? { ...warning, ...(await openCarriers(context)) } : warning;
    },
    run: async (context, id, input) => {
      const holder = await findHolder(context, id);
      const answer = await context.run(command, { ...input, orderId: id } as never);
      if (!answer.ok) return answer;
      const whose = holder === undefined ? '' : ` ${holder} ${TAKING_STEPS.has(step) ? 'had' : 'has'} it.`;
      const { status } = answer;
      const told = await tellDone(context, { orderId: id, step, done, status });
      return { ok: true, message: `${told}${whose}` };
    },
  };
}

/** The steps after which somebody else, or nobody, has the order. */
const TAKING_STEPS: ReadonlySet<OrderStep> = new Set(['assign', 'unassign']);

async function findHolder(context: PanelContext, orderId: string): Promise<string | undefined> {
  return (await findHolders(context, [orderId])).get(orderId);
}

const claim: Command = async (pool, actor, input: object) => {
  const employee = await findEmployeeOfAccount(pool, actor.id);
  if (!employee)
    return refuse(
      'no_employee',
      'No employee has the email address of your account, so no order can be yours.',
    );
  return claimOrder(pool, actor, { ...input, employeeId: employee.id } as never);
};

/** The steps of an order, in the order of their buttons. */
export const orderActions: readonly RecordAction[] = [
  orderAction('claim', 'claim', 'is yours', claim, { icon: 'UserCheck', tone: 'primary' }),
  orderAction('assign', 'assign', 'assigned', assignOrder as Command, {
    icon: 'UserPlus',
    can: ['supervisor', 'admin'],
    fields: [
      { name: 'employeeId', label: 'Employee', kind: 'reference', table: 'employees', required: true },
    ],
  }),
  orderAction('unassign', 'unassign', 'is free again', unassignOrder as Command, { icon: 'UserMinus' }),
  orderAction('pack', 'pack', 'packed', packOrder as Command, { icon: 'Package', tone: 'primary' }),
  orderAction('ship', 'ship', 'shipped', shipOrder as Command, {
    icon: 'Send',
    tone: 'primary',
    formOnPage: true,
    fields: [text('carrier', 'Carrier'), text('trackingNumber', 'Tracking number')],
  }),
  orderAction('deliver', 'deliver', 'delivered', deliverOrder as Command, {
    icon: 'CheckCircle',
    tone: 'primary',
  }),
  orderAction('takeBack', 'return', 'taken back', returnLines as Command, {
    icon: 'CornerDownLeft',
    formOnPage: true,
    fields: [reason],
  }),
  orderAction('changeLines', 'changeLines', 'changed', changeLines as Command, {
    icon: 'Edit3',
    formOnPage: true,
  }),
  orderAction('hold', 'hold', 'put on hold', holdOrder as Command, { icon: 'PauseCircle', fields: [reason] }),
  orderAction('release', 'release', 'released', releaseOrder as Command, {
    icon: 'PlayCircle',
    tone: 'primary',
    fields: [reason],
  }),
  orderAction('cancelOrder', 'cancel', 'cancelled', cancelOrder as Command, {
    icon: 'XCircle',
    tone: 'danger',
    fields: [text('reason', 'Reason', false)],
  }),
  orderAction('note', 'note', 'has a new note', addNote as Command, {
    icon: 'MessageSquare',
    fields: [{ name: 'note', label: 'Note', kind: 'longtext', required: true }],
  }),
];
