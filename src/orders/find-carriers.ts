import type { PanelContext } from '../resources/panel-context.ts';
import { read } from './seen-rows.ts';

/** Carriers as somebody may read them. */
export interface KnownCarriers {
  /** Used lately, the latest first. */
  readonly recent: readonly string[];
  /** Whom he shipped with himself the last time. */
  readonly own: string | undefined;
}

const SHIPMENTS_SEEN = 200;

/** Finds the carriers of the last shipments, and the one that somebody used last. */
export async function findCarriers(context: PanelContext, employeeId: number | null): Promise<KnownCarriers> {
  const sort = { column: 'shipped_at', direction: 'desc' } as const;
  const shipments = context.rows('shipments');
  const [latest, own, steps] = await Promise.all([
    shipments.find({ sort, limit: SHIPMENTS_SEEN }),
    employeeId === null ? [] : shipments.find({ where: { employee_id: employeeId }, sort, limit: 1 }),
    context.activity('orders', { newest: SHIPMENTS_SEEN, facts: { carrier: ['shipments.carrier'] } }),
  ]);
  const step = steps.find(({ actor, details }) => actor.id === context.actor.id && details.carrier);
  const carriers = latest.flatMap((shipment) => read<string>(shipment, 'carrier') ?? []);
  return {
    recent: [...new Set(carriers)],
    own: step ? String(step.details.carrier) : read(own[0], 'carrier'),
  };
}
