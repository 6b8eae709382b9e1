import type { ColumnDisplay } from '../column-display.ts';
import { labelOf } from '../property-display.ts';

type ShownColumn = Pick<ColumnDisplay, 'columnKind' | 'labels' | 'values'>;

const NUMBER = /^([-−+]?)(?:\p{Sc}\s*)?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?$/u;
const DAY = /^(\d{1,2}) (\p{L}{3})\p{L}{0,6} (\d{4})$/u;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const TIME =
  /^(.{10,20}?),? (\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) (?:UTC|GMT)(?:([+-])(\d{1,2})(?::(\d{2}))?)?$/;

/**
 * What a text that is written as the panel shows values stands for, as a filter's value: '₲ 1,234.50' → '1234.50',
 * '22 Nov 2026' → '2026-11-22', a label → its value. Any other text stays as it is.
 */
export function readShown(column: ShownColumn, text: string): string {
  switch (column.columnKind) {
    case 'integer':
    case 'decimal':
    case 'float':
      return readNumber(text.trim()) ?? text;
    case 'date':
      return readDay(text) ?? text;
    case 'datetime':
      return readDay(text) ?? readTime(text) ?? text;
    case 'boolean':
      return readLabel(column, ['true', 'false'], text);
    case 'enum':
      return readLabel(column, column.values, text);
    case 'set':
      return text
        .split(',')
        .map((member) => readLabel(column, column.values, member.trim()))
        .join(',');
    default:
      return text;
  }
}

/** '22 Nov 2026' or '22 November 2026' → '2026-11-22'; null where it is no such day. */
export function readDay(text: string): string | null {
  const [, day = '', name = '', year] = DAY.exec(text.trim()) ?? [];
  const month = MONTHS.indexOf(name.toLowerCase()) + 1;
  return month === 0 ? null : `${year}-${String(month).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function readNumber(text: string): string | null {
  const [, sign = '', whole, fraction = ''] = NUMBER.exec(text) ?? [];
  return whole === undefined ? null : `${sign.replace('−', '-')}${whole.replaceAll(',', '')}${fraction}`;
}

function readTime(text: string): string | null {
  const [, shown = '', clock, sign, hours = '', minutes = '00'] = TIME.exec(text.trim()) ?? [];
  if (clock === undefined) return null;
  const zone = sign ? `${sign}${hours.padStart(2, '0')}:${minutes}` : 'Z';
  return `${readDay(shown) ?? shown}T${clock}${zone}`;
}

function readLabel(column: ShownColumn, values: readonly string[], text: string): string {
  return values.includes(text) ? text : (values.find((value) => labelOf(column, value) === text) ?? text);
}
