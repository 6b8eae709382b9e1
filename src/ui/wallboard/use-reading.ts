import { useEffect, useState } from 'react';
import type { LivePhase } from '../live/live-connection.ts';

const TICK_MS = 20_000;

/**
 * Differs whenever the figures are to be read anew: each day, and each minute while changes made outside the panel are
 * not told.
 */
export function useReading(phase: LivePhase): string {
  const length = phase === 'panel-only' ? 'yyyy-mm-ddThh:mm'.length : 'yyyy-mm-dd'.length;
  const [now, setNow] = useState(() => new Date().toISOString());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date().toISOString()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now.slice(0, length);
}
