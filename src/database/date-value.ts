/** The form in which dates and times travel: as ISO 8601 in UTC, with the digits that the column has. */

/** A date without a month, a day or both, as servers keep it that may; no calendar has it. */
const PARTIAL_DATE = /^\d{4}-(?:00-(?:[0-2]\d|3[01])|(?:0[1-9]|1[0-2])-00)$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(\.\d{1,6})?(Z|[+-]\d{2}:\d{2})?)?$/;
const UTC = /^(?:Z|[+-]00:00)$/;

/** `2026-03-29 02:30:00.5` as the driver reads it → `2026-03-29T02:30:00.500Z`; a zero date keeps its zeros. */
export function readDateTime(text: string): string {
  // As a rule it has a time with three digits or more, and rows come by the hundred thousand.
  if (text.length >= 'YYYY-MM-DD HH:MM:SS.mmm'.length) return `${text.slice(0, 10)}T${text.slice(11)}Z`;
  const [date, time = '00:00:00'] = text.split(' ');
  const [clock, fraction = ''] = time.split('.');
  return `${date}T${clock}.${fraction.padEnd(3, '0')}Z`;
}

/** Whether a text is a day of the calendar, or a date with zeros in it. */
export function isDate(text: string): boolean {
  if (PARTIAL_DATE.test(text)) return true;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** An ISO time as it is bound, with up to `digits` of the second's fraction; null where it is none. */
export function parseDateTime(text: string, digits: number): string | null {
  const match = DATE_TIME.exec(text);
  const [, date = '', clock = '00:00', seconds = ':00', fraction = '', zone = 'Z'] = match ?? [];
  if (!match || !isDate(date)) return null;
  const kept = fraction.slice(1, 1 + digits);
  const time = new Date(`${PARTIAL_DATE.test(date) ? '2000-01-01' : date}T${clock}${seconds}${zone}`);
  if (Number.isNaN(time.getTime()) || (PARTIAL_DATE.test(date) && !UTC.test(zone))) return null;
  const [day = '', rest = ''] = time.toISOString().split('T');
  const bound = `${PARTIAL_DATE.test(date) ? date : day} ${rest.slice(0, 8)}`;
  return kept ? `${bound}.${kept}` : bound;
}
