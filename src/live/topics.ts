import type { Change } from '../changes/transaction.ts';

/** What a socket can listen to: everything (`table` null), a table's rows (`id` null), or one row. */
export interface Topic {
  readonly table: string | null;
  /** The record id as in URLs. */
  readonly id: string | null;
}

const RECORD_ID = /^[A-Za-z0-9_.~-]+$/;

/** Reads `*`, `<table>` or `<table>:<record id>`; null where the text is none of them. */
export function parseTopic(text: string): Topic | null {
  if (text === '*') return { table: null, id: null };
  const colon = text.lastIndexOf(':');
  const table = colon < 0 ? text : text.slice(0, colon);
  const id = colon < 0 ? null : text.slice(colon + 1);
  if (table === '' || (id !== null && !RECORD_ID.test(id))) return null;
  return { table, id };
}

/** The topic's one spelling, as {@link parseTopic} reads it. */
export function formatTopic({ table, id }: Topic): string {
  if (table === null) return '*';
  return id === null ? table : `${table}:${id}`;
}

export function matchesTopic(topic: Topic, { table, id }: Pick<Change, 'table' | 'id'>): boolean {
  return (topic.table === null || topic.table === table) && (topic.id === null || topic.id === id);
}

/** Whether what a topic tells is concerned when any row of the table may have changed. */
export function concernsTable(topic: Topic, table: string): boolean {
  return topic.table === null || topic.table === table;
}
