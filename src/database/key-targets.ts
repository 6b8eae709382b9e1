import { integerRange, parseValue } from './column-value.ts';
import type { NumberRange, SearchTarget } from './filter.ts';
import { decodeIdPart } from './record-id.ts';
import { type Column, findColumn, type Table } from './table.ts';

/**
 * Where the key's index finds the row of a record id that somebody typed. `isBeginning`: besides, rows whose id begins so;
 * a number that is begun means some ranges of numbers. A text need not be written as ids are.
 */
export function findKeyTargets(table: Table, id: string, isBeginning: boolean): SearchTarget[] {
  const columns = table.key.flatMap((name) => findColumn(table, name) ?? []);
  const parts = columns.length === 1 ? [id] : id.split('~');
  const [column] = columns;
  if (!column || parts.length > columns.length || (!isBeginning && parts.length < columns.length)) return [];
  const targets = parts.map((part, index) => {
    const isLast = index === parts.length - 1;
    return findPartTargets(columns[index] ?? column, part, isBeginning && isLast);
  });
  if (targets.some(({ length }) => length === 0)) return [];
  return targets.length === 1 ? targets.flat() : [{ in: 'parts', column, parts: targets }];
}

function findPartTargets(column: Column, part: string, isBeginning: boolean): SearchTarget[] {
  const text = decodeIdPart(part) ?? part;
  if (isBeginning && column.kind === 'integer') {
    const ranges = findRanges(column, text);
    return ranges.length > 0 ? [{ in: 'ranges', column, ranges }] : [];
  }
  if (isBeginning && column.kind === 'string') return [{ in: 'text', column, text }];
  const parsed = parseValue({ ...column, nullable: false }, text);
  return parsed.ok ? [{ in: 'key', column, value: parsed.value }] : [];
}

/** The numbers of a column that begin with some digits: 45, 450–459, 4500–4599 and so on. */
function findRanges(column: Column, digits: string): NumberRange[] {
  const [, sign = '', text] = /^(-?)(0|[1-9]\d{0,19})$/.exec(digits) ?? [];
  if (text === undefined) return [];
  const [least, most] = integerRange(column);
  const end = sign === '' ? most : -least;
  const begun = BigInt(text);
  const ranges: NumberRange[] = [];
  for (let scale = 1n; begun * scale <= end && (begun > 0n || scale === 1n); scale *= 10n) {
    const first = begun * scale;
    const last = first + scale - 1n < end ? first + scale - 1n : end;
    ranges.push(sign === '' ? [first, last] : [-last, -first]);
  }
  return ranges;
}
