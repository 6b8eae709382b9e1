import { ApiClient, useCurrentAdmin } from 'adminjs';
import React, { useEffect, useState } from 'react';
import { Link } from 'react-router-dom';
import { PlainButton } from '../button.ts';
import { BarChart } from '../chart/bar-chart.tsx';
import { formatDate, formatInteger, formatMoney, greetingAt, humanizeValue } from '../format.ts';
import { RESYNC_PACE } from '../live/paced-run.ts';
import { usePaced } from '../live/use-paced.ts';
import { useTopic } from '../live/use-topic.ts';
import { siteUrl } from '../site-url.ts';
import { token } from '../tokens.ts';
import { Badge } from '../value/badge.tsx';
import { Card, Cards, Greeting, Page, Panel, Panels, Rows, Today } from './dashboard-styles.ts';

type Tone = 'neutral' | 'info' | 'success' | 'warning' | 'danger';

interface CardData {
  label: string;
  value: string | number | null;
  kind: 'money' | 'integer' | 'text';
  hint?: string;
  href?: string;
  tone?: Tone;
}

interface RowData {
  title: string;
  subtitle?: string;
  badge?: { label: string; tone: Tone };
  value?: string;
  href: string;
}

interface ListData {
  title: string;
  href?: string;
  rows: RowData[];
}

interface ChartData {
  title: string;
  unit?: string;
  points: { label: string; value: number }[];
}

interface DashboardData {
  greeting?: string;
  cards: CardData[];
  lists: ListData[];
  chart?: ChartData;
  tables?: string[];
}

/** The home page: a greeting, what waits, today's figures, and how the last days went. */
export default function Dashboard() {
  const [account] = useCurrentAdmin();
  const { data, isRefused, load } = useFigures();
  const now = new Date();
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full' }).format(now);
  return (
    <Page>
      <Greeting>
        {data?.greeting ?? `${greetingAt(now.getHours())}, ${account?.name ?? 'colleague'}`}
      </Greeting>
      <Today>{day}</Today>
      {isRefused && (
        <p role="alert">
          Today's figures could not be read.{' '}
          <PlainButton type="button" onClick={load}>
            Try again
          </PlainButton>
        </p>
      )}
      {data && <Figures data={data} />}
    </Page>
  );
}

const RELOAD_PACE = { afterMs: 1_000, everyMs: 10_000 };

/** The figures, read again when what they count has changed. */
function useFigures() {
  const [data, setData] = useState<DashboardData | null>(null);
  const [isRefused, setRefused] = useState(false);
  const load = () => {
    setRefused(false);
    return new ApiClient().getDashboard<DashboardData>().then(
      (response) => setData(response.data),
      () => setRefused(true),
    );
  };
  const paced = usePaced(load);
  useEffect(() => paced.runNow(), [paced]);
  const reload = () => paced.ask(RELOAD_PACE);
  useTopic(data?.tables ?? null, {
    onTransaction: reload,
    onResync: () => paced.ask(RESYNC_PACE),
    onLive: reload,
  });
  return { data, isRefused, load };
}

function Figures({ data }: { data: DashboardData }) {
  return (
    <>
      <Panels>
        {data.lists.map((list) => (
          <WaitingList key={list.title} list={list} />
        ))}
      </Panels>
      <Cards>
        {data.cards.map((card) => (
          <FigureCard key={card.label} card={card} />
        ))}
      </Cards>
      {data.chart && (
        <Panel>
          <h2>{data.chart.title}</h2>
          <div>
            <DayChart chart={data.chart} />
          </div>
        </Panel>
      )}
    </>
  );
}

function DayChart({ chart: { title, unit = 'count', points } }: { chart: ChartData }) {
  const name = (label: string) => (/^\d{4}-\d{2}-\d{2}$/.test(label) ? formatDate(label) : label);
  const series = { name: humanizeValue(unit), color: token.accent, values: points.map(({ value }) => value) };
  const bars = points.map(({ label }) => ({ label: name(label).slice(0, 6), name: name(label) }));
  return <BarChart title={title} unit="Day" bars={bars} series={[series]} />;
}

const TONE_COLORS: Readonly<Record<Tone, string>> = {
  neutral: token.lineStrong,
  info: token.info,
  success: token.success,
  warning: token.warning,
  danger: token.danger,
};

function FigureCard({ card }: { card: CardData }) {
  const { label, value, kind, hint, href, tone = 'neutral' } = card;
  const format = { money: formatMoney, integer: formatInteger, text: String }[kind];
  const shown = value === null ? '–' : format(value);
  return (
    <Card style={{ '--tone': TONE_COLORS[tone] } as React.CSSProperties}>
      <p>{href ? <Link to={siteUrl(href)}>{label}</Link> : label}</p>
      <strong>{shown}</strong>
      {hint && <small>{hint}</small>}
    </Card>
  );
}

function WaitingList({ list: { title, href, rows } }: { list: ListData }) {
  return (
    <Panel>
      <h2>
        {title}
        {href && rows.length > 0 && <Link to={siteUrl(href)}>Show all</Link>}
      </h2>
      {rows.length === 0 && <p>Nothing here. Well done.</p>}
      <Rows>
        {rows.map((row) => (
          <li key={row.href}>
            <Link to={siteUrl(row.href)}>
              <span>
                {row.title}
                {row.subtitle && <small>{row.subtitle}</small>}
              </span>
              {row.badge && <Badge tone={row.badge.tone}>{row.badge.label}</Badge>}
              {row.value && <data value={row.value}>{formatMoney(row.value)}</data>}
            </Link>
          </li>
        ))}
      </Rows>
    </Panel>
  );
}
