const HOUR_MS = 60 * 60 * 1000;

/** '2026-11-22T17:43:29.279Z' → '2026-11-22T17'. */
export function hourOf(iso: string): string {
  return iso.slice(0, 13);
}

/** '2026-11-22T17:43:29.279Z' → '2026-11-22T17:43'. */
export function minuteOf(iso: string): string {
  return iso.slice(0, 16);
}

/** '2026-11-22T17:43:29.279Z' → '2026-11-22'. */
export function dayOf(iso: string): string {
  return iso.slice(0, 10);
}

/** The hour so many hours later, or earlier. */
export function shiftHour(hour: string, count: number): string {
  return hourOf(new Date(startOfHour(hour) + count * HOUR_MS).toISOString());
}

/** How many hours the second comes after the first. */
export function hoursBetween(first: string, second: string): number {
  return (startOfHour(second) - startOfHour(first)) / HOUR_MS;
}

function startOfHour(hour: string): number {
  return Date.parse(`${hour}:00:00Z`);
}
