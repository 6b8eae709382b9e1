import type { PanelContext, ReadContext } from './panel-context.ts';
import type { Role, Tone } from './role.ts';

/** One figure of the home page. `value` of kind money is a decimal string; null, which is a dash: it may not be read. */
export interface DashboardCard {
  label: string;
  value: string | number | null;
  kind: 'money' | 'integer' | 'text';
  hint?: string;
  href?: string;
  tone?: Tone;
}

export interface DashboardRow {
  title: string;
  subtitle?: string;
  badge?: { label: string; tone: Tone };
  value?: string;
  href: string;
}

/** What the home page shows to one person. */
export interface DashboardData {
  greeting?: string;
  cards: DashboardCard[];
  lists: { title: string; href?: string; rows: DashboardRow[] }[];
  chart?: { title: string; unit?: string; points: { label: string; value: number }[] };
  /** The tables that it was read from: when they change, the page reads it again, every ten seconds at most. */
  tables?: string[];
}

/** A state that screens begin from, and then keep up to date by what is told of the tables it was read from. */
export interface DashboardSnapshot {
  /** Who may read it. */
  readonly roles: readonly Role[];
  /** Reads it, from one consistent state of the database, as whoever asks may see it; the answer must be JSON. */
  read(context: ReadContext): Promise<unknown>;
}

/** The board at `/live-board`, for screens that everybody walks past: it tells nothing but what is named here. */
export interface WallboardConfig {
  /** The name of the snapshot that it begins from, which must hold nothing but what everybody may read. */
  readonly snapshot: string;
  /** The columns that are told of changed rows, by table. */
  readonly tables: Readonly<Record<string, readonly string[]>>;
}

export interface DashboardConfig {
  /** Reads the figures for the person signed in. */
  load(context: PanelContext): Promise<DashboardData>;
  /** Roles whose home page is drawn by a component of their own, by its name in `src/ui/components.ts`. */
  homePages?: Partial<Record<Role, string>>;
  /** By the name under which `/admin/live/snapshots/<name>` gives them. */
  snapshots?: Readonly<Record<string, DashboardSnapshot>>;
  /** Absent: there is no wallboard. */
  wallboard?: WallboardConfig;
}

/** Who sees the wallboard with a session of their own. */
export function wallboardRoles(dashboard: DashboardConfig | null): readonly Role[] {
  const { wallboard, snapshots } = dashboard ?? {};
  return (wallboard && snapshots?.[wallboard.snapshot]?.roles) ?? [];
}

/** Describes the home pages: `export default defineDashboard({ load })` in `resources/dashboard.ts`. */
export function defineDashboard(config: DashboardConfig): DashboardConfig {
  return config;
}
