import type { LiveChange, LiveRow, LiveTransaction } from '../../live/protocol.ts';
import type { OrderEvent, SupervisorState } from './state.ts';

/** More orders than these with which the same was done at once are told in one line. */
const TOLD_ONE_BY_ONE = 3;

interface Deed {
  readonly orderId: number;
  readonly deed: string;
  readonly employeeName: string | null;
}

/** What a transaction did with orders, in words; what was done last comes first. */
export function describeEvents(
  { cursor, at, actor, changes }: LiveTransaction,
  employees: SupervisorState['employees'],
): OrderEvent[] {
  const deeds = new Map<number, Deed>();
  for (const change of changes) {
    const deed = describeChange(change, employees);
    if (deed) deeds.set(deed.orderId, mergeDeeds(deeds.get(deed.orderId), deed));
  }
  return groupAlike([...deeds.values()])
    .map(({ orderCount, ...deed }) => ({
      key: `${cursor} ${deed.orderId}`,
      at,
      actorName: actor?.name ?? null,
      orderCount,
      ...deed,
    }))
    .reverse();
}

/** What a row of its own tells of a part, until the order's row tells it of the whole. */
const PARTS: Readonly<Record<string, string>> = {
  'part shipped': 'shipped',
  'part taken back': 'taken back',
};

/** Where the cancelling of what was left leads to. */
const CLOSING: ReadonlySet<string> = new Set(['shipped', 'taken back']);

/** A new order is placed, whatever else is written of it at once; else the later and closer word counts. */
function mergeDeeds(known: Deed | undefined, next: Deed): Deed {
  if (!known) return next;
  // Shipping changes no line: what was left of a partially shipped order was cancelled.
  if (known.deed === 'lines changed')
    return CLOSING.has(next.deed) ? { ...next, deed: 'rest cancelled' } : next;
  if (PARTS[next.deed] === known.deed || known.deed === 'rest cancelled') return known;
  return known.deed === 'placed' || next.deed === 'lines changed' ? known : next;
}

function groupAlike(deeds: readonly Deed[]): (Deed & { orderCount: number })[] {
  const counts = new Map<string, number>();
  const keyOf = ({ deed, employeeName }: Deed) => `${deed} ${employeeName}`;
  for (const deed of deeds) counts.set(keyOf(deed), (counts.get(keyOf(deed)) ?? 0) + 1);
  const told = new Set<string>();
  return deeds.flatMap((deed) => {
    const orderCount = counts.get(keyOf(deed)) ?? 1;
    if (orderCount <= TOLD_ONE_BY_ONE) return [{ ...deed, orderCount: 1 }];
    if (told.has(keyOf(deed))) return [];
    told.add(keyOf(deed));
    return [{ ...deed, orderCount }];
  });
}

function describeChange(
  { table, kind, before, after }: LiveChange,
  employees: SupervisorState['employees'],
): Deed | null {
  if (table === 'orders') {
    const row = after ?? before;
    if (!row) return null;
    const deed = kind === 'insert' ? 'placed' : kind === 'delete' ? 'deleted' : nameUpdate(before, after);
    const employeeName = employees[String(row.employee_id)]?.name ?? null;
    return { orderId: Number(row.id), deed, employeeName: deed === 'assigned' ? employeeName : null };
  }
  const orderId = after?.order_id ?? null;
  const deed = kind === 'insert' && orderId !== null ? nameInsert(table, after) : null;
  return deed === null ? null : { orderId: Number(orderId), deed, employeeName: null };
}

/** What moves an order on without touching its row. */
function nameInsert(table: string, row: LiveRow | null): string | null {
  if (table === 'shipments') return 'part shipped';
  if (table !== 'stock_movements') return null;
  if (row?.reason === 'returned' || row?.reason === 'written_off') return 'part taken back';
  return null;
}

const DEEDS: Readonly<Record<string, string>> = {
  placed: 'unassigned',
  partially_shipped: 'part shipped',
  returned: 'taken back',
};

function nameUpdate(before: LiveRow | null, after: LiveRow | null): string {
  const has = (column: string) => before?.[column] !== after?.[column];
  const status = String(after?.status);
  if (has('status')) return DEEDS[status] ?? status;
  if (has('on_hold')) return after?.on_hold ? 'put on hold' : 'released';
  if (has('employee_id')) return after?.employee_id === null ? 'unassigned' : 'assigned';
  return has('total') ? 'lines changed' : 'changed';
}
