import React from 'react';
import { BarChart } from '../chart/bar-chart.tsx';
import { token } from '../tokens.ts';
import { toHours } from './figures.ts';
import { hourOrdersUrl } from './links.ts';
import type { SupervisorState } from './state.ts';

export type HourRange = 'today' | 'last-day';

export interface HourChartProps {
  readonly state: SupervisorState;
  /** A full minute is enough: nothing here changes within one. */
  readonly nowMs: number;
  readonly range: HourRange;
  readonly onOpen?: (href: string) => void;
  readonly isBare?: boolean;
}

export const HOUR_SERIES = [
  { key: 'placed', name: 'Placed', color: token.accent },
  { key: 'shipped', name: 'Shipped', color: token.link },
] as const;

/** Orders placed and shipments made hour by hour, in UTC. */
export function HourChart({ state, nowMs, range, onOpen, isBare }: HourChartProps) {
  const hours = toHours(state, nowMs, range);
  const bars = hours.map(({ hour }) => ({
    label: hour.slice(11),
    name: `${hour.slice(0, 10)} ${hour.slice(11)}:00–${hour.slice(11)}:59 UTC`,
    href: hourOrdersUrl(hour),
  }));
  const series = HOUR_SERIES.map(({ key, name, color }) => ({
    name,
    color,
    values: hours.map((figure) => figure[key]),
  }));
  return (
    <BarChart
      title={range === 'today' ? 'Orders per hour today' : 'Orders per hour in the last 24 hours'}
      unit="Hour"
      bars={bars}
      series={series}
      onOpen={onOpen}
      isBare={isBare}
    />
  );
}
