import React from 'react';
import { formatDateTime, formatRelative, formatShortDateTime, formatUtc } from '../format.ts';

/** A time in the reader's zone; the tooltip tells the zone, UTC and how long ago it was. */
export function Timestamp({ iso, short = false }: { iso: string; short?: boolean }) {
  const title = `${formatDateTime(iso)}\n${formatUtc(iso)}\n${formatRelative(iso)}`;
  return (
    <time dateTime={iso} title={title}>
      {short ? formatShortDateTime(iso) : formatDateTime(iso)}
    </time>
  );
}
