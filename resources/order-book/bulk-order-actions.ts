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
  return { ok: true, results: report.results.map(toResult) };
}

function toResult(result: OrderResult): BulkResult {
  const id = String(result.orderId);
  if (!result.ok) return { id, ok: false, code: result.code, message: result.message };
  return { id, ok: true, message: result.status.replaceAll('_', ' ') };
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
