import { ApiClient, type RecordJSON, type ReduxState, type ResourceJSON } from 'adminjs';
import { useCallback, useReducer, useRef, useState } from 'react';
import { useSelector } from 'react-redux';
import { type LiveChange, type LiveTransaction, recordTopic } from '../../live/protocol.ts';
import { decodeTable, encodeTable } from '../../table-address.ts';
import { type LiveRecord, reduceLiveRecord, startLiveRecord } from '../live/live-record.ts';
import { useLiveRead } from '../live/use-live-read.ts';
import { own } from '../own.ts';

/** A row's page with the data of its own that the server adds. */
export interface RecordPageState<T> extends LiveRecord {
  /** Null until the first answer. */
  readonly data: T | null;
  readonly isFailed: boolean;
  /** Reads both afresh and answers the row; null where it could not be read. */
  reload(): Promise<RecordJSON | null>;
}

/** Tables whose rows are shown on the page as well: the column of each that holds the row's id. */
export type ChildTables = Readonly<Record<string, string>>;

const PACE = { afterMs: 250, everyMs: 1_500 };
const NO_CHILDREN: ChildTables = {};

/**
 * The data of a row's page, beginning with the row that is known already, and kept up to date: the row's values at
 * once, everything else by reading the page again soon after the row or one of its children has changed.
 */
export function useRecordPage<T>(
  resource: ResourceJSON,
  initial: RecordJSON,
  children: ChildTables = NO_CHILDREN,
): RecordPageState<T> {
  const [state, dispatch] = useReducer(reduceLiveRecord, initial, startLiveRecord);
  const [data, setData] = useState<T | null>(null);
  const [isFailed, setFailed] = useState(false);
  const told = useRef(0);
  const { id } = initial;
  const table = decodeTable(resource.id);
  const reload = useCallback(async () => {
    const toldBefore = told.current;
    const page = await loadPage<T>(resource.id, id);
    setFailed(page === null);
    // What was told meanwhile may be newer than what was read: that asks for another reading.
    if (!page || told.current > toldBefore) return page?.record ?? null;
    if (page.record) dispatch({ type: 'read', record: page.record });
    else dispatch({ type: 'tell_deletion', author: 'unknown' });
    if (page.record) setData(page.data);
    return page.record;
  }, [resource.id, id]);
  const titleColumn = resource.titleProperty?.name ?? null;
  const take = ({ actor: author, changes }: LiveTransaction) => {
    for (const { after } of changes.filter((change) => isOf(change, table, id))) {
      told.current += 1;
      if (after) dispatch({ type: 'tell', image: after, titleColumn });
      else dispatch({ type: 'tell_deletion', author });
    }
    if (changes.some((change) => (isOf(change, table, id) ? change.after : isChild(change, children, id))))
      reloadSoon(PACE);
  };
  const seen = useSelector(({ resources }: ReduxState) => resources.map(({ id }) => id).join('\n')).split(
    '\n',
  );
  const topics = [
    recordTopic(table, id),
    ...Object.keys(children).filter((child) => seen.includes(encodeTable(child))),
  ];
  const reloadSoon = useLiveRead(topics, { read: reload, onTransaction: take });
  return { ...state, data, isFailed, reload };
}

function isOf(change: LiveChange, table: string, id: string): boolean {
  return change.table === table && change.id === id;
}

function isChild({ table, before, after }: LiveChange, children: ChildTables, id: string): boolean {
  const column = own(children, table);
  return column !== undefined && [before, after].some((row) => row !== null && String(row[column]) === id);
}

/** Reads a row's page; the record is null where the row is gone. Null where there is no answer. */
async function loadPage<T>(
  resourceId: string,
  recordId: string,
): Promise<{ record: RecordJSON | null; data: T } | null> {
  try {
    const { data } = await new ApiClient().recordAction({ resourceId, recordId, actionName: 'show' });
    const { record, notice, data: extra } = data as typeof data & { data: T };
    return { record: record?.id && notice?.type !== 'error' ? record : null, data: extra };
  } catch {
    return null;
  }
}
