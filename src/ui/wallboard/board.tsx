import React, { useMemo } from 'react';
import { useFolded } from '../live/use-folded.ts';
import { useLiveState } from '../live/use-live-state.ts';
import { siteUrl } from '../site-url.ts';
import { toFigures } from '../supervisor/figures.ts';
import { foldTransaction } from '../supervisor/fold.ts';
import { isShort } from '../supervisor/ranked.ts';
import { SUPERVISOR_SNAPSHOT, SUPERVISOR_TOPICS, type SupervisorState } from '../supervisor/state.ts';
import { useClock } from '../supervisor/use-clock.ts';
import { BoardHead } from './board-head.tsx';
import { Feed } from './feed.tsx';
import { HoursPanel } from './hours-panel.tsx';
import { LOW_SHOWN, LowStock } from './low-stock.tsx';
import { Notice } from './notice.tsx';
import { StatusStrip } from './status-strip.tsx';
import { MOVES_SHOWN, Ticker } from './ticker.tsx';
import { Tiles } from './tiles.tsx';
import { useIdlePointer } from './use-idle-pointer.ts';
import { useReading } from './use-reading.ts';
import { useStaleSince } from './use-stale-since.ts';
import { useVersionWatch } from './use-version-watch.ts';
import { useWakeLock } from './use-wake-lock.ts';

const TICK_MS = 5_000;
const MINUTE_MS = 60_000;

/** The store at this moment, to be read from across the room; runs for weeks with nobody near. */
export function Board({ version }: { version: string }): React.ReactElement {
  const connection = useLiveState();
  const reading = useReading(connection.phase);
  const { data, isStale } = useFolded<SupervisorState>({
    snapshotUrl: siteUrl(`/live-board/snapshots/${SUPERVISOR_SNAPSHOT}?reading=${reading}`),
    topics: SUPERVISOR_TOPICS,
    fold: foldTransaction,
    isSpent: ({ lowStock, movements }) => isShort(lowStock, LOW_SHOWN) || isShort(movements, MOVES_SHOWN),
  });
  const staleSinceMs = useStaleSince(isStale, connection);
  useVersionWatch(version, connection.phase);
  useWakeLock();
  useIdlePointer();
  if (data === null)
    return (
      <main className="closed" aria-busy>
        <h1>Live board</h1>
        <p>Reading the store's figures …</p>
      </main>
    );
  return <Store state={data} connection={connection} staleSinceMs={staleSinceMs} />;
}

interface StoreProps {
  readonly state: SupervisorState;
  readonly connection: ReturnType<typeof useLiveState>;
  readonly staleSinceMs: number | null;
}

function Store({ state, connection, staleSinceMs }: StoreProps): React.ReactElement {
  const nowMs = useClock(state.takenAt, TICK_MS);
  const aheadMs = nowMs - Date.now();
  // Old figures stay those of their moment: neither does their day turn, nor do orders grow late.
  const shownMs = staleSinceMs === null ? nowMs : staleSinceMs + aheadMs;
  const minuteMs = shownMs - (shownMs % MINUTE_MS);
  const figures = useMemo(() => toFigures(state, minuteMs), [state, minuteMs]);
  return (
    <main className={staleSinceMs === null ? 'board' : 'board stale'}>
      <BoardHead takenAt={state.takenAt} connection={connection} />
      <Notice connection={connection} nowMs={nowMs} shownMs={shownMs} isStale={staleSinceMs !== null} />
      <Tiles figures={figures} lateAfterHours={state.lateAfterHours} />
      <StatusStrip byStatus={figures.today.byStatus} />
      <HoursPanel state={state} nowMs={minuteMs} />
      <Feed events={state.events} />
      <LowStock films={state.lowStock.rows} count={state.lowStockCount} />
      <Ticker moves={state.movements.rows} />
    </main>
  );
}
