import { useEffect, useRef, useState } from 'react';
import type { LiveTransaction } from '../../live/protocol.ts';
import { jitter } from './connect-live.ts';
import { liveConnection } from './shared-connection.ts';
import { type Figures, type Snapshot, SnapshotFold } from './snapshot-fold.ts';
import { useLiveState } from './use-live-state.ts';

export interface FoldedSource<T> {
  /** Answers GET with `{ cursor, data }`. */
  readonly snapshotUrl: string;
  readonly topics: readonly string[];
  /** The figures after a transaction, of which only the topics' changes are given; must not change `data` itself. */
  fold(data: T, transaction: LiveTransaction): T;
  /** Whether changes have used up what a snapshot brings more than is shown, so that a new one is needed. */
  isSpent?(data: T): boolean;
}

/**
 * Figures that follow the database: read once, then every transaction folded in, each once and in order. `isStale`:
 * they may be out of date at this moment, and will mend by themselves. Redraws at most once a frame.
 */
export function useFolded<T>({ snapshotUrl, topics, fold, isSpent }: FoldedSource<T>): Figures<T> {
  const [figures, setFigures] = useState<Figures<T>>({ data: null, isStale: true });
  const { phase } = useLiveState();
  const current = useRef({ fold, isSpent });
  current.current = { fold, isSpent };
  const key = JSON.stringify(topics);
  useEffect(() => {
    setFigures(({ data }) => ({ data, isStale: true }));
    let frame = 0;
    const folded = new SnapshotFold<T>({
      connection: liveConnection(),
      topics: JSON.parse(key),
      readSnapshot: () => readSnapshot(snapshotUrl),
      fold: (data, transaction) => current.current.fold(data, transaction),
      isSpent: (data) => current.current.isSpent?.(data) ?? false,
      onChange: (next) => {
        cancelAnimationFrame(frame);
        frame = requestAnimationFrame(() => setFigures(next));
      },
      later,
      retryLater: (run, delayMs) => later(run, jitter(delayMs)),
    });
    return () => {
      folded.stop();
      cancelAnimationFrame(frame);
    };
  }, [snapshotUrl, key]);
  const isCutOff = phase === 'connecting' || phase === 'offline' || phase === 'signed-out';
  return { data: figures.data, isStale: figures.isStale || isCutOff };
}

function later(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}

async function readSnapshot<T>(url: string): Promise<Snapshot<T>> {
  const response = await fetch(url, { headers: { Accept: 'application/json' }, cache: 'no-store' });
  if (!response.ok) throw new Error(`the snapshot was answered ${response.status}`);
  return response.json();
}
