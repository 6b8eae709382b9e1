import type { Actor } from '../database/activity.ts';
import type { Pool } from '../database/pool.ts';
import type { Tone } from './role.ts';

/** One figure of the home page. `value` of kind money is a decimal string. */
export interface DashboardCard {
  label: string;
  value: string | number;
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
}

export interface DashboardConfig {
  /** Reads today's figures for the person signed in. */
  load(context: { db: Pool; actor: Actor }): Promise<DashboardData>;
}

/** Describes the home page: `export default defineDashboard({ load })` in `resources/dashboard.ts`. */
export function defineDashboard(config: DashboardConfig): DashboardConfig {
  return config;
}
