import type { Refusal } from '../../src/errors.ts';
import {
  type BulkReport,
  type BulkStep,
  type BulkResult as OrderResult,
  runBulk,
} from '../../src/orders/bulk.ts';
import { ORDER_STEPS } from '../../src/orders/order-status.ts';
import { previewBulk } from '../../src/orders/preview-bulk.ts';
import type { BulkAction, BulkAnswer, BulkResult } from '../../src/resources/define-action.ts';
import type { PanelContext, Work } from '../../src/resources/panel-context.ts';

const text = (name: string, label: string, required = true) => ({
  name,
  label,
  kind: 'text' as const,
  required,
});

interface Selection {
  readonly step: BulkStep;
  readonly ids: readonly string[];
  readonly input: object;
}

const preview: Work<Selection, BulkReport> = (pool, _actor, { step, ids, input }) =>
  previewBulk(pool, step, ids, input);

const take: Work<Selection, BulkReport> = (pool, actor, { step, ids, input }) =>
  runBulk(pool, actor, step, ids, input);

function bulkAction(step: BulkStep, look: Pick<BulkAction, 'can' | 'icon' | 'tone' | 'fields'>): BulkAction {
  return {
    name: `${step}Many`,
    label: ORDER_STEPS[step].label,
    ...look,
    preview: async (context, ids, input) =>
      toAnswer(context, await context.run(preview, { step, ids, input })),
    run: async (context, ids, input) => toAnswer(context, await context.run(take, { step, ids, input })),
  };
}

function toAnswer({ sees }: PanelContext, report: BulkReport | Refusal): BulkAnswer {
  if (!report.ok) return report;
  const isStatusSeen = sees('orders', 'status');
  return { ok: true, results: report.results.map((result) => toResult(result, isStatusSeen)) };
}

function toResult(result: OrderResult, isStatusSeen: boolean): BulkResult {
  const id = String(result.orderId);
  if (!result.ok) return { id, ok: false, code: result.code, message: result.message };
  return { id, ok: true, message: isStatusSeen ? result.status.replaceAll('_', ' ') : 'done' };
}

/** The steps that many selected orders can take at once. */
export const bulkOrderActions: readonly BulkAction[] = [
  bulkAction('assign', {
    icon: 'UserPlus',
    can: ['supervisor', 'admin'],
    fields: [
      { name: 'employeeId', label: 'Employee', kind: 'reference', table: 'employees', required: true },
    ],
  }),
  bulkAction('pack', { icon: 'Package', can: true }),
  bulkAction('ship', {
    icon: 'Send',
    can: true,
    fields: [text('carrier', 'Carrier'), text('trackingNumber', 'Tracking number')],
  }),
  bulkAction('cancel', {
    icon: 'XCircle',
    tone: 'danger',
    can: ['supervisor', 'admin'],
    fields: [text('reason', 'Reason', false)],
  }),
];
