import type { ColumnDisplay } from '../column-display.ts';
import { own } from '../own.ts';
import { describeValue } from '../property-display.ts';
import { type Bound, describeBound } from './day-span.ts';
import { type Filters, PRESENCES, valuesOf } from './list-params.ts';

/** What the filters ask of a column, in words: 'Placed, Packed', 'from ₲ 10.00', 'empty'. */
export function describeFilter(column: string, display: ColumnDisplay, filters: Filters): string {
  const value = own(filters, column);
  const presence = value === undefined ? undefined : PRESENCES.get(value);
  if (presence) return presence.toLowerCase();
  if (value !== undefined)
    return valuesOf(value, display.values)
      .map((one) => describeLimit(display, one, 'from'))
      .join(', ');
  const bounds = (['from', 'to'] as const).flatMap((bound) => {
    const limit = own(filters, `${column}.${bound}`);
    return limit === undefined ? [] : [`${bound} ${describeLimit(display, limit, bound)}`];
  });
  return bounds.join(' ');
}

function describeLimit(display: ColumnDisplay, limit: string, bound: Bound): string {
  return display.columnKind === 'datetime' ? describeBound(limit, bound) : describeValue(display, limit);
}
