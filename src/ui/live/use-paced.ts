import { useCallback, useEffect, useRef } from 'react';
import { jitter } from './connect-live.ts';

export interface Pace {
  /** How long is waited for more to happen; it differs by half from page to page. */
  readonly afterMs: number;
  /** How long lies between two runs at least. */
  readonly everyMs: number;
}

/**
 * Gives a function that asks for a run: however often it is asked, the run comes once, later, and not while nobody
 * looks at the page. So many pages told of the same change do not all ask the server at once, or again and again.
 */
export function usePaced(run: () => void, { afterMs, everyMs }: Pace): () => void {
  const current = useRef(run);
  current.current = run;
  const state = useRef({ timer: 0, lastMs: Number.NEGATIVE_INFINITY, stop: new AbortController() });
  useEffect(() => {
    state.current.stop = new AbortController();
    return () => {
      clearTimeout(state.current.timer);
      state.current.timer = 0;
      state.current.stop.abort();
    };
  }, []);
  return useCallback(() => {
    const held = state.current;
    if (held.timer !== 0) return;
    const fire = () => {
      if (document.hidden)
        return document.addEventListener('visibilitychange', fire, { once: true, signal: held.stop.signal });
      held.timer = 0;
      held.lastMs = performance.now();
      current.current();
    };
    const waitMs = Math.max(jitter(afterMs), held.lastMs + everyMs - performance.now());
    held.timer = window.setTimeout(fire, waitMs);
  }, [afterMs, everyMs]);
}
