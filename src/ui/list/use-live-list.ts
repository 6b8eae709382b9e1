import type { RecordJSON, ResourceJSON } from 'adminjs';
import { useCallback, useEffect, useMemo, useReducer, useRef } from 'react';
import { tableTopic } from '../../live/protocol.ts';
import { decodeTable } from '../../table-address.ts';
import { useLiveRead } from '../live/use-live-read.ts';
import { usePaced } from '../live/use-paced.ts';
import { useReadings } from '../live/use-readings.ts';
import { own } from '../own.ts';
import { displayOf } from '../property-display.ts';
import { type ListState, NOTHING_YET, reduceList } from './list-state.ts';
import type { ListRules, LiveRows } from './live-rows.ts';
import { loadRows, loadRowsById } from './load-rows.ts';

const COMPLETION_PACE = { afterMs: 300, everyMs: 3_000 };

export interface LiveList extends ListState {
  /** Reads the rows again, and says meanwhile that they are on their way. */
  reload(): void;
}

/**
 * The rows at a list's address, kept up to date: values change where they stand, and what would make rows jump is only
 * told. Those shown stay until the next have come; the latest address wins.
 */
export function useLiveList(resource: ResourceJSON, search: string): LiveList {
  const [state, dispatch] = useReducer(reduceList, NOTHING_YET);
  const [reading, read] = useReadings<{ isAwaited: boolean }>();
  const rules = useMemo(() => createRules(resource, search), [resource, search]);
  const current = useRef(rules);
  current.current = rules;
  const reload = useCallback(() => void read({ isAwaited: true }), [read]);
  const isAnswered = state.meta !== null;
  const shownSearch = useRef(search);
  useLiveRead(tableTopic(decodeTable(resource.id)), {
    read: () => read({ isAwaited: !isAnswered }),
    onTransaction: (transaction) => dispatch({ type: 'tell', transaction, rules }),
  });
  useEffect(() => {
    if (!reading) return;
    let isLatest = true;
    dispatch({ type: 'ask', isAwaited: reading.of.isAwaited || shownSearch.current !== search });
    loadRows(resource.id, search).then((loaded) => {
      reading.end();
      if (!isLatest) return;
      shownSearch.current = search;
      dispatch({ type: 'answer', loaded, rules: current.current });
    });
    return () => {
      isLatest = false;
    };
  }, [resource.id, search, reading]);
  useCompletion(resource, state.rows, (asked, records) => dispatch({ type: 'complete', asked, records }));
  return { ...state, reload };
}

/** Reads what row images do not tell of changed rows: titles of references, and which steps are possible now. */
function useCompletion(
  resource: ResourceJSON,
  { incomplete, changes }: LiveRows,
  onRead: (asked: LiveRows['changes'], records: readonly RecordJSON[]) => void,
): void {
  const { ask } = usePaced(() => {
    const asked = Object.fromEntries([...incomplete].map((id) => [id, own(changes, id) ?? {}]));
    // Without an answer what is shown is right, though not complete; the next change asks again.
    return loadRowsById(resource.id, [...incomplete]).then(({ records }) => onRead(asked, records));
  });
  useEffect(() => {
    if (incomplete.size > 0) ask(COMPLETION_PACE);
  }, [incomplete]);
}

function createRules(resource: ResourceJSON, search: string): ListRules {
  const displays = Object.entries(resource.properties).map(([name, property]) => [name, displayOf(property)]);
  return {
    table: decodeTable(resource.id),
    params: new URLSearchParams(search),
    columns: Object.fromEntries(displays),
    titleColumn: resource.titleProperty?.name ?? null,
    hasSteps: resource.actions.some(
      ({ name, actionType }) => actionType === 'record' && !['show', 'edit', 'delete'].includes(name),
    ),
  };
}
