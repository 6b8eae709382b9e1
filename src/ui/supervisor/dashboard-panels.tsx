import React, { useState } from 'react';
import { Choice, Legend, Panel, Scroll } from './dashboard-styles.ts';
import { HOUR_SERIES, HourChart, type HourChartProps, type HourRange } from './hour-chart.tsx';
import { OrderFeed } from './order-feed.tsx';
import type { OrderEvent } from './state.ts';
import { useHeld } from './use-held.ts';

const FEED_SHOWN = 30;

export interface TitledPanelProps {
  readonly title: string;
  /** Of twelve, where there is room for several panels in a row. */
  readonly columns: number;
  readonly heightPx?: number;
  /** Where all of it is. */
  readonly href?: string;
  readonly aside?: React.ReactNode;
  readonly children: React.ReactNode;
}

/** A part of the page with a heading, of a size that does not change with what it shows. */
export function TitledPanel({ title, columns, heightPx = 330, href, aside, children }: TitledPanelProps) {
  const style = { '--columns': columns, '--height': `${heightPx}px` } as React.CSSProperties;
  return (
    <Panel style={style} aria-label={title}>
      <header>
        <h2>{title}</h2>
        {aside}
        {href && <a href={href}>Show all</a>}
      </header>
      {children}
    </Panel>
  );
}

const RANGES: readonly { range: HourRange; label: string }[] = [
  { range: 'today', label: 'Today' },
  { range: 'last-day', label: 'Last 24 h' },
];

/** Orders per hour, of today or of the last 24 hours. */
export function ChartPanel(props: Omit<HourChartProps, 'range'>) {
  const [range, setRange] = useState<HourRange>('today');
  const legend = HOUR_SERIES.map(({ key, name, color }) => (
    <Legend key={key} style={{ '--series': color } as React.CSSProperties}>
      {name}
    </Legend>
  ));
  const choices = RANGES.map((each) => (
    <Choice
      key={each.range}
      type="button"
      aria-pressed={each.range === range}
      onClick={() => setRange(each.range)}
    >
      {each.label}
    </Choice>
  ));
  return (
    <TitledPanel
      title="Orders per hour, UTC"
      columns={8}
      heightPx={300}
      aside={
        <>
          {legend}
          <span>{choices}</span>
        </>
      }
    >
      <Scroll>
        <HourChart {...props} range={range} />
      </Scroll>
    </TitledPanel>
  );
}

/** What is done with orders as it is done; it stands still while somebody is in it. */
export function FeedPanel({ events }: { events: readonly OrderEvent[] }) {
  const { shown, waitingCount, hold } = useHeld(events);
  return (
    <TitledPanel
      title="Happening now"
      columns={4}
      heightPx={300}
      aside={waitingCount > 0 && <span>{waitingCount} newer</span>}
    >
      <Scroll {...hold}>
        <OrderFeed events={shown.slice(0, FEED_SHOWN)} />
      </Scroll>
    </TitledPanel>
  );
}
