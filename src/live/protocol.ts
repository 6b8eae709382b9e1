import type { Actor } from '../database/activity.ts';
import type { JsonValue } from '../database/column-value.ts';

/** The events of the Socket.IO namespace `/live`; docs/live.md describes them for programs of others. */
export const LIVE_NAMESPACE = '/live';

export interface SubscribeRequest {
  /** `*`, `<table>` or `<table>:<record id>` */
  topic: string;
  /** Cursor up to which the client knows the topic. */
  since?: string;
}

export type SubscribeAnswer =
  | {
      ok: true;
      cursor: string;
      /** 'replayed': what came after `since` was sent just before; 'resync': read the topic anew. */
      mode: 'live' | 'replayed' | 'resync';
    }
  | { ok: false; code: string; message: string };

export interface LiveRow {
  readonly [column: string]: JsonValue;
}

export interface LiveChange {
  readonly table: string;
  readonly id: string;
  readonly kind: 'insert' | 'update' | 'delete';
  readonly before: LiveRow | null;
  readonly after: LiveRow | null;
}

/** One commit, as far as the account may see it and its socket subscribed to it. */
export interface LiveTransaction {
  readonly cursor: string;
  readonly at: string;
  readonly actor: Actor | null;
  readonly changes: readonly LiveChange[];
}

export interface ResyncMessage {
  readonly topic: string;
  readonly reason: string;
}

export interface StatusMessage {
  readonly mode: 'log' | 'panel-only';
  /** Whether the database's log is being read at this moment. */
  readonly connected: boolean;
  readonly lagMs: number;
  readonly since: string;
}

/** The topics that a change belongs to. */
export function topicsOf({ table, id }: Pick<LiveChange, 'table' | 'id'>): readonly string[] {
  return ['*', tableTopic(table), recordTopic(table, id)];
}

/** The topic of a table's rows: its name, with `*`, `:` and `~` written as `~2A`, `~3A` and `~7E`. */
export function tableTopic(table: string): string {
  return table.replace(/[*:~]/g, (sign) => `~${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function recordTopic(table: string, recordId: string): string {
  return `${tableTopic(table)}:${recordId}`;
}

/** Says that the account has a record open, or no longer: answered with {@link PresenceAnswer}. */
export interface PresenceRequest {
  /** `<table>:<record id>` */
  readonly topic: string;
  readonly mode: PresenceMode | 'away';
}

export type PresenceMode = 'viewing' | 'editing';

export type PresenceAnswer = { ok: true } | { ok: false; code: string; message: string };

/** Who else has a record open: told to those who have it open themselves, whenever it changes. */
export interface PresenceMessage {
  readonly topic: string;
  /** Each account once, by name; one's own where it is another connection of one's own. */
  readonly people: readonly PresentPerson[];
}

export interface PresentPerson {
  readonly id: number;
  readonly name: string;
  readonly role: string;
  readonly mode: PresenceMode;
}
