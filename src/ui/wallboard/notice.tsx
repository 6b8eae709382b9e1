import React from 'react';
import { AlertTriangle, WifiOff } from 'react-feather';
import { describeConnection } from '../live/describe-connection.ts';
import type { LiveState } from '../live/live-connection.ts';

export interface NoticeProps {
  readonly connection: LiveState;
  readonly nowMs: number;
  /** The moment whose figures are shown. */
  readonly shownMs: number;
  readonly isStale: boolean;
}

/** Says in one line what is wrong with the figures, so that old ones never look fresh; else nothing. */
export function Notice({ connection, nowMs, shownMs, isStale }: NoticeProps) {
  if (isStale)
    return (
      <p className="notice danger" role="alert">
        <WifiOff aria-hidden />
        <span>
          <strong>Old figures: as they were at {formatTime(shownMs)} UTC</strong>, {tellAge(nowMs - shownMs)}
          {connection.phase === 'catching-up' ? '. Catching up …' : '. Connecting again …'}
        </span>
      </p>
    );
  if (connection.phase !== 'catching-up' && connection.phase !== 'panel-only') return null;
  return (
    <p className="notice warning" role="alert">
      <AlertTriangle aria-hidden />
      <span>
        {connection.phase === 'panel-only'
          ? 'Changes made outside the panel show up to a minute late.'
          : describeConnection(connection).detail}
      </span>
    </p>
  );
}

const MINUTES_A_DAY = 24 * 60;

function formatTime(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(11, 16);
}

function tellAge(ageMs: number): string {
  const minutes = Math.floor(ageMs / 60_000);
  if (minutes < 1) return 'less than a minute ago';
  if (minutes < 120) return minutes === 1 ? 'a minute ago' : `${minutes} minutes ago`;
  if (minutes < 2 * MINUTES_A_DAY) return `${Math.floor(minutes / 60)} hours ago`;
  return `${Math.floor(minutes / MINUTES_A_DAY)} days ago`;
}
