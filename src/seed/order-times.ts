import type { Random } from './random.ts';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

// How busy the shop is by hour of the day (UTC) and by day of the week, Sunday first; 1 is busiest.
const BY_HOUR = [
  0.22, 0.16, 0.12, 0.1, 0.1, 0.14, 0.22, 0.34, 0.46, 0.54, 0.58, 0.62, 0.68, 0.64, 0.58, 0.56, 0.6, 0.7,
  0.84, 0.96, 1, 0.9, 0.64, 0.38,
];
const BY_WEEKDAY = [0.92, 0.6, 0.56, 0.62, 0.7, 0.94, 1];

/** `count` times, in milliseconds since 1970, in the shop's daily and weekly rhythm, earliest first. */
export function createOrderTimes(random: Random, count: number, from: number, until: number): number[] {
  const times: number[] = [];
  while (times.length < count) {
    const time = Math.floor(from + random.fraction() * (until - from));
    if (random.fraction() < busyness(new Date(time))) times.push(time);
  }
  return times.sort((a, b) => a - b);
}

function busyness(time: Date): number {
  return (BY_HOUR[time.getUTCHours()] as number) * (BY_WEEKDAY[time.getUTCDay()] as number);
}
