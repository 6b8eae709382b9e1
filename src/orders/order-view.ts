import type { ReadContext } from '../resources/panel-context.ts';
import { decideMoney, type OrderMoney, type PricedLine } from './line-arithmetic.ts';
import { findOrderSheets, type OrderLineView, type OrderSheet } from './order-sheets.ts';
import { findTimeline, type TimelineEntry } from './order-timeline.ts';

/** Everything that an order's page shows; what may not be read is absent. */
export interface OrderView extends OrderSheet {
  /** Absent where the order's total, or what it is the sum of, may not be read. */
  readonly money?: OrderMoney;
  /** Oldest first. */
  readonly timeline: readonly TimelineEntry[];
}

/** Reads an order with everything about it as somebody sees it; null where there is none. */
export async function findOrderView(context: ReadContext, orderId: string): Promise<OrderView | null> {
  const [sheet] = await findOrderSheets(context, [orderId]);
  if (!sheet) return null;
  const lines = sheet.lines.filter(isPriced);
  const isMoneySeen = context.sees('orders', 'total') && lines.length === sheet.lines.length;
  return {
    ...sheet,
    money: isMoneySeen ? decideMoney(lines) : undefined,
    timeline: await findTimeline(context, sheet),
  };
}

function isPriced(line: OrderLineView): line is OrderLineView & PricedLine {
  const { quantity, unitPrice, shipped, cancelled, returned } = line;
  return [quantity, unitPrice, shipped, cancelled, returned].every((value) => value !== undefined);
}
