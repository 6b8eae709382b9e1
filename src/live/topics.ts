import type { Change } from '../changes/transaction.ts';
import { recordTopic, tableTopic } from './protocol.ts';

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
  const [name = '', id = null, ...rest] = text.split(':');
  const table = name.replace(/~(2A|3A|7E)/g, (_escape, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  if (table === '' || tableTopic(table) !== name || rest.length > 0) return null;
  return id === null || RECORD_ID.test(id) ? { table, id } : null;
}

/** The topic's one spelling, as {@link parseTopic} reads it. */
export function formatTopic({ table, id }: Topic): string {
  if (table === null) return '*';
  return id === null ? tableTopic(table) : recordTopic(table, id);
}

export function matchesTopic(topic: Topic, { table, id }: Pick<Change, 'table' | 'id'>): boolean {
  return (topic.table === null || topic.table === table) && (topic.id === null || topic.id === id);
}

/** Whether what a topic tells is concerned when any row of the table may have changed. */
export function concernsTable(topic: Topic, table: string): boolean {
  return topic.table === null || topic.table === table;
}
