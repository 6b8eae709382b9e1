import type { Actor } from '../database/activity.ts';
import type { Pool } from '../database/pool.ts';
import type { Refusal } from '../errors.ts';
import { addNote } from './add-note.ts';
import { assignOrder, claimOrder, unassignOrder } from './assign-order.ts';
import { cancelOrder } from './cancel-order.ts';
import { changeLines } from './change-lines.ts';
import type { Done } from './define-command.ts';
import { deliverOrder } from './deliver-order.ts';
import { holdOrder, releaseOrder } from './hold-order.ts';
import type { OrderStep } from './order-status.ts';
import type { OrderStatus } from './order-statuses.ts';
import { packOrder } from './pack-order.ts';
import { returnLines } from './return-lines.ts';
import { shipOrder } from './ship-order.ts';

type StepCommand = (
  pool: Pool,
  actor: Actor,
  input: never,
) => Promise<Done<{ orderId: number; status: OrderStatus }> | Refusal>;

const STEP_COMMANDS: Readonly<Record<OrderStep, StepCommand>> = {
  changeLines,
  claim: claimOrder,
  assign: assignOrder,
  unassign: unassignOrder,
  pack: packOrder,
  ship: shipOrder,
  deliver: deliverOrder,
  return: returnLines,
  hold: holdOrder,
  release: releaseOrder,
  cancel: cancelOrder,
  note: addNote,
};

/** Runs the command of a step with input that nobody has checked yet, as a form sent it: the command checks it. */
export function runOrderStep(
  pool: Pool,
  actor: Actor,
  step: OrderStep,
  input: object,
): ReturnType<StepCommand> {
  return STEP_COMMANDS[step](pool, actor, input as never);
}
