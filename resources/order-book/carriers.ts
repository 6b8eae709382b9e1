import { findCarriers } from '../../src/orders/find-carriers.ts';
import type { ActionOpening } from '../../src/resources/define-action.ts';
import type { PanelContext } from '../../src/resources/panel-context.ts';
import { findOwnEmployeeId } from './order-queues.ts';

/** A form of shipping offers the carriers used lately, and begins with the person's own last one. */
export async function openCarriers(context: PanelContext): Promise<ActionOpening> {
  const { recent, own } = await findCarriers(context, await findOwnEmployeeId(context));
  return { suggestions: { carrier: recent }, values: own === undefined ? {} : { carrier: own } };
}
