import { ApiClient, type RecordJSON } from 'adminjs';
import { useCallback, useEffect, useState } from 'react';

/** A row's page with the data of its own that the server adds. */
export interface RecordPageState<T> {
  readonly record: RecordJSON;
  /** Null until the first answer. */
  readonly data: T | null;
  readonly isFailed: boolean;
  /** Reads both afresh and answers the row; null where it could not be read. */
  reload(): Promise<RecordJSON | null>;
}

/** Reads the data of a row's page, beginning with the row that is known already. */
export function useRecordPage<T>(resourceId: string, initial: RecordJSON): RecordPageState<T> {
  const [page, setPage] = useState<{ record: RecordJSON; data: T | null }>({ record: initial, data: null });
  const [isFailed, setFailed] = useState(false);
  const reload = useCallback(async () => {
    try {
      const params = { resourceId, recordId: initial.id, actionName: 'show' };
      const { data: answer } = await new ApiClient().recordAction(params);
      if (!answer.record?.id) throw new Error('the row is gone');
      setPage({ record: answer.record, data: (answer as unknown as { data: T | null }).data });
      setFailed(false);
      return answer.record;
    } catch {
      setFailed(true);
      return null;
    }
  }, [resourceId, initial.id]);
  useEffect(() => {
    reload();
  }, [reload]);
  const isCurrent = page.record.id === initial.id;
  return { record: isCurrent ? page.record : initial, data: isCurrent ? page.data : null, isFailed, reload };
}
