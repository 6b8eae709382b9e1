const DAY_MS = 86_400_000;

/** The server's times, a column's default among them: UTC, with as many digits of a second as there are. */
const STORED = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d+))?Z?$/;

const LOCAL = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(?:\.(\d{1,6}))?$/;

/**
 * A stored time as the clocks of the browser's zone show it, exactly: `YYYY-MM-DDThh:mm`, with seconds and their
 * fraction where there are any. Null where it is no time, or its year there has not four digits.
 */
export function toLocalDateTime(stored: string): string | null {
  const [, day = '', clock = '', fraction = ''] = STORED.exec(stored) ?? [];
  const timeMs = parseUtc(day, clock);
  if (timeMs === null) return null;
  const local = new Date(timeMs + offsetAt(timeMs));
  const year = local.getUTCFullYear();
  if (year < 1 || year > 9999) return null;
  return writeLocal(local.toISOString().slice(0, 19), fraction);
}

/**
 * The times at which the clocks of the browser's zone show this, as stored, the earlier one first: none where they are
 * put forward over it, two where they are put back. Null where the text is no time.
 */
export function findInstants(text: string): string[] | null {
  const [, day = '', minutes = '', seconds = ':00', fraction = ''] = LOCAL.exec(text) ?? [];
  const shownMs = parseUtc(day, `${minutes}${seconds}`);
  if (shownMs === null) return null;
  const times = [shownMs - DAY_MS, shownMs + DAY_MS].map((nearMs) => shownMs - offsetAt(nearMs));
  return [...new Set(times)]
    .filter((timeMs) => timeMs + offsetAt(timeMs) === shownMs)
    .sort((left, right) => left - right)
    .map((timeMs) => `${new Date(timeMs).toISOString().slice(0, -5)}.${fraction.padEnd(3, '0')}Z`);
}

/** Whether two stored times are the same one, however many zeros stand behind the point. */
export function isSameInstant(left: string, right: string): boolean {
  const plain = (stored: string) =>
    stored
      .replace(' ', 'T')
      .replace(/(\.\d*?)0*Z?$/, '$1')
      .replace(/\.$|Z$/, '');
  return plain(left) === plain(right);
}

/** How far the clocks of the browser's zone are ahead of UTC at a time, in milliseconds. */
export function offsetAt(timeMs: number): number {
  const time = new Date(timeMs);
  const shown = new Date(0);
  shown.setUTCFullYear(time.getFullYear(), time.getMonth(), time.getDate());
  shown.setUTCHours(time.getHours(), time.getMinutes(), time.getSeconds(), time.getMilliseconds());
  return shown.getTime() - timeMs;
}

function parseUtc(day: string, clock: string): number | null {
  if (day === '') return null;
  const time = new Date(`${day}T${clock}Z`);
  // JavaScript takes 30 February for 2 March.
  return Number.isNaN(time.getTime()) || !time.toISOString().startsWith(day) ? null : time.getTime();
}

function writeLocal(text: string, fraction: string): string {
  const digits = fraction.replace(/0+$/, '');
  if (digits !== '') return `${text}.${digits}`;
  return text.endsWith(':00') ? text.slice(0, -3) : text;
}
