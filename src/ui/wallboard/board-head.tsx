import React from 'react';
import { Clock, Lock, Radio, Shield, WifiOff } from 'react-feather';
import { describeConnection } from '../live/describe-connection.ts';
import type { LiveState } from '../live/live-connection.ts';
import { siteUrl } from '../site-url.ts';
import { useClock } from '../supervisor/use-clock.ts';

const TICK_MS = 1_000;

const ICONS = {
  connecting: Clock,
  live: Radio,
  'catching-up': Clock,
  offline: WifiOff,
  'panel-only': Shield,
  'signed-out': Lock,
} as const;

const dayName = new Intl.DateTimeFormat('en-GB', {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  timeZone: 'UTC',
});

/** Whose board it is, whether it is live, and the time in UTC, by the server's clock. */
export function BoardHead({ takenAt, connection }: { takenAt: string; connection: LiveState }) {
  const nowMs = useClock(takenAt, TICK_MS);
  const { label, tone } = describeConnection(connection);
  const Icon = ICONS[connection.phase];
  const now = new Date(nowMs);
  const time = now.toISOString().slice(11, 16);
  return (
    <header className="head">
      <h1>
        <img src={siteUrl('/brand/logo.svg')} alt="Gorak's Galactic Store" />
      </h1>
      <span className={`badge ${tone}`} role="status" data-phase={connection.phase}>
        <Icon aria-hidden /> {label}
      </span>
      <span className="date">{dayName.format(now)}</span>
      <time className="clock" dateTime={now.toISOString()}>
        {time} <small>UTC</small>
      </time>
    </header>
  );
}
