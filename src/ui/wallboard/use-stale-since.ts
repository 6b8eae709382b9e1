import { useEffect, useState } from 'react';
import { liveConnection } from '../live/shared-connection.ts';

/** Shorter gaps, such as a snapshot taken anew, are not told. */
const NOTABLE_MS = 3_000;

/** Since when the figures may be out of date, by this browser's clock; null: they are not, or only for a moment. */
export function useStaleSince(isStale: boolean): number | null {
  const [sinceMs, setSinceMs] = useState<number | null>(null);
  useEffect(() => {
    if (!isStale) return setSinceMs(null);
    // A broken link is noticed late: what counts is when the server was heard last.
    const heardAtMs = liveConnection().heardAtMs ?? Date.now();
    const timer = setTimeout(() => setSinceMs(heardAtMs), NOTABLE_MS);
    return () => clearTimeout(timer);
  }, [isStale]);
  return sinceMs;
}
