import type { BasePropertyJSON } from 'adminjs';
import type { ColumnDisplay } from './column-display.ts';
import { formatDate, formatMoney, formatNumber, humanizeValue } from './format.ts';
import { own } from './own.ts';

/** What the server told of a property's column. */
export function displayOf(property: Pick<BasePropertyJSON, 'custom'>): ColumnDisplay {
  return property.custom as ColumnDisplay;
}

/** What a stored value of an ENUM, SET, badge or yes/no column is called. */
export function labelOf(display: Pick<ColumnDisplay, 'columnKind' | 'labels'>, value: string): string {
  const label = own(display.labels, value);
  if (label !== undefined) return label;
  if (display.columnKind === 'boolean') return value === 'true' ? 'Yes' : 'No';
  return humanizeValue(value);
}

/** Whether a value goes without saying in a list. */
export function isUnsaid({ kind, tones }: ColumnDisplay, value: string): boolean {
  return kind === 'badge' && own(tones, value) === 'none';
}

/** A stored value in words, without links and colours. */
export function describeValue(display: ColumnDisplay, value: string): string {
  if (display.kind === 'money') return formatMoney(value);
  switch (display.columnKind) {
    case 'enum':
    case 'boolean':
      return labelOf(display, value);
    case 'set':
      return value
        .split(',')
        .map((member) => labelOf(display, member))
        .join(', ');
    case 'integer':
    case 'decimal':
    case 'float':
      return formatNumber(value);
    case 'date':
      return formatDate(value);
    default:
      return value;
  }
}

const NUMBER_KINDS = new Set(['money', 'integer', 'decimal', 'float', 'bit']);

/** Whether values of the column stand at the right edge, digit below digit. */
export function isNumeric(display: ColumnDisplay): boolean {
  return NUMBER_KINDS.has(display.kind);
}
