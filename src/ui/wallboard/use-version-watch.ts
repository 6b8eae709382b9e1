import { useEffect } from 'react';
import { jitter } from '../live/connect-live.ts';
import type { LivePhase } from '../live/live-connection.ts';
import { siteUrl } from '../site-url.ts';

const INTERVAL_MS = 5 * 60_000;

/**
 * Loads the page again where the server has another version of it, or shows it to this screen no longer: then the
 * server says why. Asked every few minutes, and whenever the connection's state changes.
 */
export function useVersionWatch(version: string, phase: LivePhase): void {
  useEffect(() => {
    const stop = new AbortController();
    let timer = 0;
    const look = async () => {
      const isCurrent = await isStillCurrent(version, stop.signal);
      if (stop.signal.aborted) return;
      if (isCurrent === false) location.reload();
      timer = window.setTimeout(look, jitter(INTERVAL_MS));
    };
    if (phase !== 'offline') void look();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [version, phase]);
}

/** Null where the server cannot tell just now: then the page would be lost. */
async function isStillCurrent(version: string, signal: AbortSignal): Promise<boolean | null> {
  try {
    const headers = { Accept: 'application/json' };
    const response = await fetch(siteUrl('/live-board/version'), { headers, cache: 'no-store', signal });
    if (response.status === 401 || response.status === 403) return false;
    return response.ok ? (await response.json()).version === version : null;
  } catch {
    return null;
  }
}
