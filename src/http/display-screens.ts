import { transaction } from '../database/pool.ts';
import { defineResource } from '../resources/define.ts';
import type { RecordAction, TablePage } from '../resources/define-action.ts';
import type { Work } from '../resources/panel-context.ts';
import { createDisplay, DISPLAYS_TABLE, revokeDisplay } from './displays.ts';

/** What `run` answers to the page, which shows it once: nobody can read it afterwards. */
export interface NewDisplayAnswer {
  /** The link without the site's origin: `/live-board?key=…`. */
  readonly path: string;
}

const create: Work<string, { ok: true; id: number; token: string }> = (pool, actor, name) =>
  transaction(pool, (connection) => createDisplay(connection, actor, name));

const end: Work<number, { ok: true }> = (pool, actor, id) =>
  transaction(pool, (connection) => revokeDisplay(connection, actor, id));

const newDisplayPage: TablePage = {
  name: 'link',
  label: 'New display link',
  icon: 'Link',
  tone: 'primary',
  can: ['admin'],
  component: 'NewDisplay',
  run: async (context, { name }) => {
    const created = await context.run(create, typeof name === 'string' ? name : '');
    if (!created.ok) return created;
    const data: NewDisplayAnswer = { path: `/live-board?key=${created.token}` };
    return { ok: true, message: 'The display link is ready.', data };
  },
};

const revoke: RecordAction = {
  name: 'revoke',
  label: 'Revoke',
  icon: 'Slash',
  tone: 'danger',
  can: ['admin'],
  confirm: 'The screen goes dark at once, and its link never works again. Revoke it?',
  isPossible: ({ revoked }) => revoked !== true,
  run: async (context, id) => {
    const revoked = await context.run(end, Number(id));
    return revoked.ok ? { ok: true, message: 'The display is revoked.' } : revoked;
  },
};

/** Where admins make and revoke the links of displays. The secret's hash is shown to nobody. */
export const displayScreens = defineResource({
  table: DISPLAYS_TABLE,
  label: 'Displays',
  singular: 'display',
  navigation: { group: 'Administration', position: 900 },
  icon: 'Monitor',
  title: 'name',
  list: {
    columns: ['name', 'revoked', 'created_by', 'created_at', 'last_seen_at'],
    sort: { column: 'created_at', direction: 'desc' },
    filters: ['name', 'revoked', 'created_by', 'created_at', 'last_seen_at'],
  },
  show: ['name', 'revoked', 'created_by', 'created_at', 'last_seen_at', 'revoked_at'],
  form: [],
  can: { list: ['admin'], show: ['admin'] },
  columns: {
    token_hash: { read: false },
    revoked: {
      label: 'Link',
      format: 'badge',
      labels: { true: 'Revoked', false: 'Valid' },
      tones: { true: 'neutral', false: 'success' },
    },
    created_by: { label: 'Made by' },
    created_at: { label: 'Made' },
    last_seen_at: { label: 'Last seen' },
    revoked_at: { label: 'Revoked' },
  },
  pages: [newDisplayPage],
  recordActions: [revoke],
});
