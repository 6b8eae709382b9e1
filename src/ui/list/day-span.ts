import { formatDate, formatShortDateTime } from '../format.ts';

export type Bound = 'from' | 'to';

/** The first or last moment of a day ('2026-11-22') in the reader's zone, as ISO time; '' where it is no day. */
export function momentOfDay(day: string, bound: Bound): string {
  const time = new Date(`${day}T${bound === 'from' ? '00:00:00.000' : '23:59:59.999'}`);
  return Number.isNaN(time.getTime()) ? '' : time.toISOString();
}

/** The day of an ISO time in the reader's zone. A day stays as it is, and so does what is no time. */
export function dayOf(moment: string): string {
  const time = new Date(moment);
  if (/^\d{4}-\d{2}-\d{2}$/.test(moment) || Number.isNaN(time.getTime())) return moment;
  return localDay(time);
}

/** The day `daysAgo` days before `now` in the reader's zone. */
export function dayBefore(daysAgo: number, now: Date): string {
  return localDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo));
}

/** A bound of a span of time in words: the day alone where the span takes in the whole of it. */
export function describeBound(moment: string, bound: Bound): string {
  const day = dayOf(moment);
  return day === moment || momentOfDay(day, bound) === moment ? formatDate(day) : formatShortDateTime(moment);
}

function localDay(time: Date): string {
  const part = (number: number, digits: number) => String(number).padStart(digits, '0');
  return `${part(time.getFullYear(), 4)}-${part(time.getMonth() + 1, 2)}-${part(time.getDate(), 2)}`;
}
