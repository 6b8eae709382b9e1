import React from 'react';
import { HOUR_SERIES, HourChart } from '../supervisor/hour-chart.tsx';
import type { SupervisorState } from '../supervisor/state.ts';

/** Orders and shipments of today, hour by hour. */
export function HoursPanel({ state, nowMs }: { state: SupervisorState; nowMs: number }) {
  return (
    <section className="panel hours" aria-label="Orders per hour today">
      <h2>
        Per hour today
        {HOUR_SERIES.map(({ key, name, color }) => (
          <span key={key} className="legend">
            <i style={{ background: color }} /> {name}
          </span>
        ))}
      </h2>
      <HourChart state={state} nowMs={nowMs} range="today" isBare />
    </section>
  );
}
