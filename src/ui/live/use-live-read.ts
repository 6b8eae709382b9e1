import { useEffect, useRef } from 'react';
import type { LiveTransaction } from '../../live/protocol.ts';
import { type Pace, RESYNC_PACE } from './paced-run.ts';
import { usePaced } from './use-paced.ts';
import { useTopic } from './use-topic.ts';

/** So long a page waits for its topics before it reads without them, and reads again once it hears them. */
const PATIENCE_MS = 200;

export interface LiveReading {
  /** Reads what is shown; returns when that is done. Called anew for a reading that may have missed something. */
  read(): Promise<unknown>;
  onTransaction(transaction: LiveTransaction): void;
}

/**
 * Listens to topics and has the screen read so that nothing falls between reading and listening: once as soon as they
 * are heard, and again where they were lost. `topics` null: reads once and listens to nothing. Returns how to have it read
 * for other reasons, at a pace.
 */
export function useLiveRead(
  topics: string | readonly string[] | null,
  reading: LiveReading,
): (pace: Pace) => void {
  const current = useRef(reading);
  current.current = reading;
  const hasRead = useRef(false);
  const wasLive = useRef(false);
  const paced = usePaced(() => {
    hasRead.current = true;
    return current.current.read();
  });
  const key = JSON.stringify(topics);
  useEffect(() => {
    hasRead.current = false;
    wasLive.current = false;
    const timer = setTimeout(() => hasRead.current || paced.runNow(), topics === null ? 0 : PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [key]);
  useTopic(topics, {
    onTransaction: (transaction) => current.current.onTransaction(transaction),
    onResync: () => paced.ask(RESYNC_PACE),
    onLive: () => {
      // After a break the topics go on from where they were left.
      if (!wasLive.current) paced.runNow();
      wasLive.current = true;
    },
  });
  return paced.ask;
}
