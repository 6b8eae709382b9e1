import type { Refusal } from '../../src/errors.ts';
import { type BulkReport, type BulkStep, runBulk } from '../../src/orders/bulk.ts';
import { ORDER_STEPS } from '../../src/orders/order-status.ts';
import { previewBulk } from '../../src/orders/preview-bulk.ts';
import type { BulkAction, BulkAnswer } from '../../src/resources/define-action.ts';

const text = (name: string, label: string, required = true) => ({
  name,
  label,
  kind: 'text' as const,
  required,
});

function bulkAction(step: BulkStep, look: Pick<BulkAction, 'can' | 'icon' | 'tone' | 'fields'>): BulkAction {
  return {
    name: `${step}Many`,
    label: ORDER_STEPS[step].label,
    ...look,
    preview: async ({ db }, ids, input) => toAnswer(await previewBulk(db, step, ids, input)),
    run: async ({ db, actor }, ids, input) => toAnswer(await runBulk(db, actor, step, ids, input)),
  };
}

function toAnswer(report: BulkReport | Refusal): BulkAnswer {
  if (!report.ok) return report;
  const results = report.results.map((result) => ({
    id: String(result.orderId),
    ok: result.ok,
    message: result.ok ? result.status.replaceAll('_', ' ') : result.message,
  }));
  return { ok: true, results };
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
