import type { RecordJSON } from 'adminjs';
import type { LiveTransaction } from '../../live/protocol.ts';
import { completeRecord } from '../live/patch-record.ts';
import { own } from '../own.ts';
import { applyTransaction, type ListRules, type LiveRows, startLiveRows } from './live-rows.ts';
import type { LoadedRows } from './load-rows.ts';

/** What a list shows, and what it hears meanwhile. */
export interface ListState extends Omit<LoadedRows, 'records'> {
  readonly rows: LiveRows;
  /** Ids of rows that were announced and have been fetched: they are shown as new. */
  readonly welcomed: ReadonlySet<string>;
  /** Whether rows are on their way that the person waits for. */
  readonly isLoading: boolean;
  /** What was told since the reading under way began: it may be newer than what is read. Null: nothing is read. */
  readonly heard: readonly LiveTransaction[] | null;
}

export type ListEvent =
  | { type: 'ask'; isAwaited: boolean }
  | { type: 'answer'; loaded: LoadedRows; rules: ListRules }
  | { type: 'tell'; transaction: LiveTransaction; rules: ListRules }
  | { type: 'complete'; asked: LiveRows['changes']; records: readonly RecordJSON[] };

export const NOTHING_YET: ListState = {
  rows: startLiveRows([]),
  meta: null,
  refusal: null,
  welcomed: new Set(),
  isLoading: true,
  heard: null,
};

/** The list after something was asked for, answered, or told by the server. */
export function reduceList(state: ListState, event: ListEvent): ListState {
  switch (event.type) {
    case 'ask':
      return { ...state, isLoading: state.isLoading || event.isAwaited, heard: [] };
    case 'answer':
      return answer(state, event.loaded, event.rules);
    case 'tell':
      return {
        ...state,
        rows: applyTransaction(state.rows, event.transaction, event.rules),
        heard: state.heard && [...state.heard, event.transaction],
      };
    case 'complete':
      return { ...state, rows: complete(state.rows, event.asked, event.records) };
  }
}

function answer(state: ListState, { records, meta, refusal }: LoadedRows, rules: ListRules): ListState {
  // Nobody waits for these rows, so those that are shown are better than none.
  if (meta === null && !state.isLoading) return { ...state, heard: null };
  const rows = (state.heard ?? []).reduce(
    (held, transaction) => applyTransaction(held, transaction, rules),
    startLiveRows(records),
  );
  return { rows, meta, refusal, welcomed: state.rows.arrived, isLoading: false, heard: null };
}

/** `asked`: how often the rows had changed when they were asked for; those that have changed since stay incomplete. */
function complete(rows: LiveRows, asked: LiveRows['changes'], read: readonly RecordJSON[]): LiveRows {
  const byId = new Map(read.map((record) => [record.id, record]));
  return {
    ...rows,
    records: rows.records.map((record) => {
      const found = byId.get(record.id);
      return found ? completeRecord(record, found) : record;
    }),
    incomplete: new Set([...rows.incomplete].filter((id) => own(asked, id) !== own(rows.changes, id))),
  };
}
