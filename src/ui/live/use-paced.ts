import { useEffect, useRef } from 'react';
import { PacedRun } from './paced-run.ts';

/**
 * Runs a function whenever it is asked for, however often, at the pace that is asked for, and not while nobody looks at
 * the page. So many pages told of the same change do not ask the server again and again.
 */
export function usePaced(run: () => Promise<unknown>): Pick<PacedRun, 'ask' | 'runNow'> {
  const current = useRef(run);
  current.current = run;
  const held = useRef<PacedRun | null>(null);
  const find = () => {
    held.current ??= new PacedRun({ run: () => current.current(), later: laterWhenSeen });
    return held.current;
  };
  useEffect(
    () => () => {
      held.current?.stop();
      held.current = null;
    },
    [],
  );
  const paced = useRef({
    ask: (...given: Parameters<PacedRun['ask']>) => find().ask(...given),
    runNow: () => find().runNow(),
  });
  return paced.current;
}

function laterWhenSeen(run: () => void, delayMs: number): () => void {
  const stop = new AbortController();
  const fire = () => {
    if (!document.hidden) return run();
    document.addEventListener('visibilitychange', fire, { once: true, signal: stop.signal });
  };
  const timer = setTimeout(fire, delayMs);
  return () => {
    clearTimeout(timer);
    stop.abort();
  };
}
