import { useEffect, useState } from 'react';
import type { LiveState } from '../live/live-connection.ts';
import { liveConnection } from '../live/shared-connection.ts';

/** Shorter gaps, such as a snapshot taken anew, are not told. */
const NOTABLE_MS = 3_000;
const NOTABLE_LAG_MS = 60_000;

/** Since when the figures may be out of date, by this browser's clock; null: they are not, or only for a moment. */
export function useStaleSince(isStale: boolean, connection: LiveState): number | null {
  const [sinceMs, setSinceMs] = useState<number | null>(null);
  const isOld = isStale || isFarBehind(connection);
  useEffect(() => {
    if (!isOld) return setSinceMs(null);
    // A broken link is noticed late: what counts is when the server was heard last.
    const heardAtMs = (isStale ? liveConnection().heardAtMs : null) ?? Date.now();
    const timer = setTimeout(
      () => setSinceMs((known) => known ?? heardAtMs),
      isStale ? NOTABLE_MS : NOTABLE_LAG_MS,
    );
    return () => clearTimeout(timer);
  }, [isOld, isStale]);
  return sinceMs;
}

/** The server itself does not hear the database's changes, or hears them long after. */
function isFarBehind({ phase, lagMs }: LiveState): boolean {
  return phase === 'catching-up' && (lagMs === 0 || lagMs >= NOTABLE_LAG_MS);
}
