import { useEffect, useRef } from 'react';
import type { LiveTransaction } from '../../live/protocol.ts';
import { usePaced } from './use-paced.ts';
import { useTopic } from './use-topic.ts';

/** So long a page waits for its topics before it reads without them, and reads again once it hears them. */
const PATIENCE_MS = 200;
const RESYNC_PACE = { afterMs: 700, everyMs: 5_000 };

export interface LiveReading {
  /** Reads what is shown. Called anew for a reading that may have missed something. */
  read(): void;
  onTransaction(transaction: LiveTransaction): void;
}

/**
 * Listens to topics and has the screen read so that nothing falls between reading and listening: once as soon as they
 * are heard, and again where they were lost. `topics` null: reads once and listens to nothing.
 */
export function useLiveRead(topics: string | readonly string[] | null, reading: LiveReading): void {
  const current = useRef(reading);
  current.current = reading;
  const hasRead = useRef(false);
  const wasLive = useRef(false);
  const read = () => {
    hasRead.current = true;
    current.current.read();
  };
  const reread = usePaced(read, RESYNC_PACE);
  const key = JSON.stringify(topics);
  useEffect(() => {
    hasRead.current = false;
    wasLive.current = false;
    const timer = setTimeout(() => hasRead.current || read(), topics === null ? 0 : PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [key]);
  useTopic(topics, {
    onTransaction: (transaction) => current.current.onTransaction(transaction),
    onResync: reread,
    onLive: () => {
      // After a break the topics go on from where they were left.
      if (!wasLive.current) read();
      wasLive.current = true;
    },
  });
}
