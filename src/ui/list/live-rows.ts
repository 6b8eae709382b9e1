import type { RecordJSON } from 'adminjs';
import type { LiveChange, LiveRow, LiveTransaction } from '../../live/protocol.ts';
import { patchRecord } from '../live/patch-record.ts';
import { own } from '../own.ts';
import { type ColumnDisplays, findDecisive, matchRow } from './matches-filter.ts';

/** What a list shows, for telling which changes are of account to it. */
export interface ListRules {
  readonly table: string;
  /** The list's address. */
  readonly params: URLSearchParams;
  readonly columns: ColumnDisplays;
  readonly titleColumn: string | null;
  /** Whether rows have steps that are possible at some times only. */
  readonly hasSteps: boolean;
}

/** The rows of a list and what became of them since they were read. Sets and counts are by record id. */
export interface LiveRows {
  readonly records: readonly RecordJSON[];
  /** How often each value on the screen has changed: record id → column → times. */
  readonly changes: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Deleted rows, with who did it. */
  readonly removed: ReadonlyMap<string, LiveTransaction['actor']>;
  /** Rows that the list's filters would not find any more. */
  readonly strayed: ReadonlySet<string>;
  /** Rows that the filters would find now, and that are not on the screen. */
  readonly arrived: ReadonlySet<string>;
  /** Rows of which only the database knows whether the filters find them. */
  readonly uncertain: ReadonlySet<string>;
  /** Rows of which more may have changed than their row image tells: titles of references, possible steps. */
  readonly incomplete: ReadonlySet<string>;
}

/** As many arrivals are remembered: beyond that their number says enough. */
export const MAX_ARRIVALS = 1_000;

/** Rows as they were read just now. */
export function startLiveRows(records: readonly RecordJSON[]): LiveRows {
  const none: ReadonlySet<string> = new Set();
  return {
    records,
    changes: {},
    removed: new Map(),
    strayed: none,
    arrived: none,
    uncertain: none,
    incomplete: none,
  };
}

/** The rows after a transaction. Taking in one that the rows show already changes nothing. */
export function applyTransaction(rows: LiveRows, transaction: LiveTransaction, rules: ListRules): LiveRows {
  return transaction.changes
    .filter(({ table }) => table === rules.table)
    .reduce((state, change) => applyChange(state, change, transaction.actor, rules), rows);
}

function applyChange(
  rows: LiveRows,
  change: LiveChange,
  actor: LiveTransaction['actor'],
  rules: ListRules,
): LiveRows {
  const { id, after } = change;
  // Rows without a key cannot be told apart.
  if (id === '') return { ...rows, uncertain: withAdded(rows.uncertain, id) };
  const shown = rows.records.find((record) => record.id === id);
  if (after === null) return remove(rows, id, shown !== undefined, actor);
  return shown ? patch(rows, shown, after, rules) : welcome(rows, change, after, rules);
}

function remove(rows: LiveRows, id: string, isShown: boolean, actor: LiveTransaction['actor']): LiveRows {
  const { arrived, uncertain } = rows;
  return {
    ...rows,
    removed: isShown ? new Map(rows.removed).set(id, actor) : rows.removed,
    arrived: without(arrived, id),
    uncertain: without(uncertain, id),
  };
}

function patch(
  rows: LiveRows,
  shown: RecordJSON,
  after: LiveRow,
  { titleColumn, params, columns, hasSteps }: ListRules,
): LiveRows {
  const { id } = shown;
  const { record, changed } = patchRecord(shown, after, { titleColumn, others: rows.records });
  const removed = new Map([...rows.removed].filter(([other]) => other !== id));
  const isDecided = changed.some((name) => findDecisive(params, columns).includes(name));
  const hasStrayed = isDecided ? matchRow(params, columns, after) === 'no' : rows.strayed.has(id);
  const isIncomplete = changed.some((name) => hasSteps || own(columns, name)?.reference);
  const counts = own(rows.changes, id) ?? {};
  const counted = Object.fromEntries(changed.map((name) => [name, (own(counts, name) ?? 0) + 1]));
  return {
    ...rows,
    removed,
    records: rows.records.map((candidate) => (candidate === shown ? record : candidate)),
    changes: changed.length > 0 ? { ...rows.changes, [id]: { ...counts, ...counted } } : rows.changes,
    strayed: hasStrayed ? withAdded(rows.strayed, id) : without(rows.strayed, id),
    incomplete: isIncomplete ? withAdded(rows.incomplete, id) : rows.incomplete,
  };
}

/** A row that is not on the screen: told of where it belongs to the list now and did not before. */
function welcome(rows: LiveRows, { id, before }: LiveChange, after: LiveRow, rules: ListRules): LiveRows {
  const { params, columns } = rules;
  const match = matchRow(params, columns, after);
  const { arrived, uncertain } = rows;
  if (match === 'no') return { ...rows, arrived: without(arrived, id), uncertain: without(uncertain, id) };
  const isKnown = arrived.has(id) || uncertain.has(id);
  const isUnmoved =
    before !== null && findDecisive(params, columns).every((name) => before[name] === after[name]);
  const wasListed = before !== null && matchRow(params, columns, before) === 'yes';
  const isTooMuch = arrived.size + uncertain.size >= MAX_ARRIVALS;
  if (!isKnown && (isUnmoved || wasListed || isTooMuch)) return rows;
  return match === 'yes'
    ? { ...rows, arrived: withAdded(arrived, id), uncertain: without(uncertain, id) }
    : { ...rows, arrived: without(arrived, id), uncertain: withAdded(uncertain, id) };
}

function withAdded(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return ids.has(id) ? ids : new Set(ids).add(id);
}

function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  if (!ids.has(id)) return ids;
  const others = new Set(ids);
  others.delete(id);
  return others;
}
