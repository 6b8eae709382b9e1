import {
  type BulkReport,
  type BulkStep,
  type BulkResult as OrderResult,
  runBulk,
} from '../../src/orders/bulk.ts';
import { describeStatus, ORDER_STEPS } from '../../src/orders/order-status.ts';
import { previewBulk } from '../../src/orders/preview-bulk.ts';
import type { BulkAction, BulkAnswer, BulkResult } from '../../src/resources/define-action.ts';
import type { PanelContext, Work } from '../../src/resources/panel-context.ts';
import { openCarriers } from './carriers.ts';
import { findHolders } from './order-holder.ts';

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

const preview: Work<Selection, BulkReport> = (pool, actor, { step, ids, input }) =>
  previewBulk(pool, actor, step, ids, input);

const take: Work<Selection, BulkReport> = (pool, actor, { step, ids, input }) =>
  runBulk(pool, actor, step, ids, input);

function bulkAction(
  step: BulkStep,
  look: Pick<BulkAction, 'can' | 'icon' | 'tone' | 'fields' | 'open'>,
): BulkAction {
  return {
    name: `${step}Many`,
    label: step === 'cancel' ? 'Cancel orders' : ORDER_STEPS[step].label,
    ...look,
    preview: (context, ids, input) => answer(context, preview, { step, ids, input }),
    run: (context, ids, input) => answer(context, take, { step, ids, input }),
  };
}

async function answer(
  context: PanelContext,
  work: Work<Selection, BulkReport>,
  selection: Selection,
): Promise<BulkAnswer> {
  const holders = await findHolders(context, selection.ids);
  const report = await context.run(work, selection);
  if (!report.ok) return report;
  const isStatusSeen = context.sees('orders', 'status');
  const toResult = (result: OrderResult): BulkResult => {
    const id = String(result.orderId);
    if (!result.ok) return { id, ok: false, code: result.code, message: result.message };
    const status = isStatusSeen ? describeStatus(result.status) : 'done';
    const holder = holders.get(id);
    return { id, ok: true, message: holder === undefined ? status : `${status}, work of ${holder}` };
  };
  return { ok: true, results: report.results.map(toResult) };
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
    open: openCarriers,
    fields: [text('carrier', 'Carrier'), { ...text('trackingNumbers', 'Tracking number'), perRow: true }],
  }),
  bulkAction('cancel', {
    icon: 'XCircle',
    tone: 'danger',
    can: ['supervisor', 'admin'],
    fields: [text('reason', 'Reason', false)],
  }),
];
