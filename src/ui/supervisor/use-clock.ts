import { useEffect, useRef, useState } from 'react';

/**
 * The time by the server's clock, in milliseconds since the epoch, ticking every `everyMs`; `takenAt` is when the
 * server made what is shown, and is taken for the moment at which this is first told of it.
 */
export function useClock(takenAt: string, everyMs: number): number {
  const taken = useRef({ takenAt: '', aheadMs: 0 });
  if (taken.current.takenAt !== takenAt)
    taken.current = { takenAt, aheadMs: Date.parse(takenAt) - Date.now() };
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((count) => count + 1), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return Date.now() + taken.current.aheadMs;
}
