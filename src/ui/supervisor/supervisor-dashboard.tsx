import React, { useMemo } from 'react';
import { useNavigate } from 'react-router-dom';
import { formatDate } from '../format.ts';
import { useFolded } from '../live/use-folded.ts';
import { siteUrl } from '../site-url.ts';
import { AgeBar } from './age-bar.tsx';
import { ChartPanel, FeedPanel, TitledPanel } from './dashboard-panels.tsx';
import { Columns, Head, Page, Scroll } from './dashboard-styles.ts';
import { EmployeeTable } from './employee-table.tsx';
import { FigureTiles } from './figure-tiles.tsx';
import { toFigures } from './figures.ts';
import { foldTransaction } from './fold.ts';
import { EMPLOYEES_URL, LOW_STOCK_URL, openOrdersUrl } from './links.ts';
import { LowStockList } from './low-stock-list.tsx';
import { OldestOrders } from './oldest-orders.tsx';
import { isShort } from './ranked.ts';
import { SUPERVISOR_SNAPSHOT, SUPERVISOR_TOPICS, type SupervisorState } from './state.ts';
import { StockTicker } from './stock-ticker.tsx';
import { toDayTiles, toStatusTiles, toWorkTiles } from './tiles.ts';
import { useClock } from './use-clock.ts';

const TICK_MS = 5_000;
const MINUTE_MS = 60_000;
const OLDEST_SHOWN = 12;
const LOW_SHOWN = 12;
const MOVES_SHOWN = 24;

/** The home page of supervisors: the store as it is at this moment, every figure leading to what it counts. */
export default function SupervisorDashboard() {
  const { data, isStale } = useFolded<SupervisorState>({
    snapshotUrl: siteUrl(`/admin/live/snapshots/${SUPERVISOR_SNAPSHOT}`),
    topics: SUPERVISOR_TOPICS,
    fold: foldTransaction,
    isSpent: ({ oldest, lowStock }) => isShort(oldest, OLDEST_SHOWN) || isShort(lowStock, LOW_SHOWN),
  });
  const open = useInnerLinks();
  return (
    <Page onClick={open.onClick} className={isStale && data ? 'stale' : undefined} aria-busy={data === null}>
      {data ? <Store state={data} onOpen={open.to} /> : <Head>Reading the store's figures …</Head>}
    </Page>
  );
}

function Store({ state, onOpen }: { state: SupervisorState; onOpen: (href: string) => void }) {
  const nowMs = useClock(state.takenAt, TICK_MS);
  const minuteMs = nowMs - (nowMs % MINUTE_MS);
  const figures = useMemo(() => toFigures(state, minuteMs), [state, minuteMs]);
  return (
    <>
      <Head>
        <h1>The store now</h1>
        <span>{formatDate(figures.day)}, from midnight to midnight UTC</span>
      </Head>
      <StockTicker moves={state.movements.rows.slice(0, MOVES_SHOWN)} />
      <FigureTiles heading="Today" leastWidth="10em" tiles={toDayTiles(figures)} />
      <FigureTiles heading="Today by status" tiles={toStatusTiles(figures)} />
      <FigureTiles heading="To do now" tiles={toWorkTiles(figures)} />
      <Columns>
        <ChartPanel state={state} nowMs={minuteMs} onOpen={onOpen} />
        <FeedPanel events={state.events} />
        <TitledPanel title="Waiting" columns={4} href={openOrdersUrl()}>
          <AgeBar ages={figures.ages} />
          <Scroll>
            <OldestOrders
              orders={state.oldest.rows.slice(0, OLDEST_SHOWN)}
              employees={state.employees}
              lateAfterHours={state.lateAfterHours}
              nowMs={nowMs}
            />
          </Scroll>
        </TitledPanel>
        <TitledPanel title="Employees" columns={5} href={EMPLOYEES_URL}>
          <Scroll>
            <EmployeeTable employees={figures.employees} day={figures.day} />
          </Scroll>
        </TitledPanel>
        <TitledPanel title="Low stock" columns={3} href={LOW_STOCK_URL}>
          <Scroll>
            <LowStockList films={state.lowStock.rows.slice(0, LOW_SHOWN)} count={state.lowStockCount} />
          </Scroll>
        </TitledPanel>
      </Columns>
    </>
  );
}

/** Follows plain links of this page within the panel, without loading it anew. */
function useInnerLinks() {
  const navigate = useNavigate();
  const onClick = (event: React.MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const isPlain =
      event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const href = link?.getAttribute('href');
    if (!isPlain || event.defaultPrevented || !href?.startsWith(siteUrl('/admin/'))) return;
    event.preventDefault();
    navigate(href);
  };
  return { onClick, to: (href: string) => navigate(href) };
}
