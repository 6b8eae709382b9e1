import { useCurrentAdmin } from 'adminjs';
import { type RefObject, useRef } from 'react';
import { type LiveRow, recordTopic } from '../../live/protocol.ts';
import { decodeTable } from '../../table-address.ts';
import { useLiveRead } from '../live/use-live-read.ts';
import type { EditEvent } from './edit-state.ts';
import { loadRecord } from './save-record.ts';

/** Tells a form what others do to its row. `isSaving`: what the person writes now is their own form. */
export function useLiveEdit(
  resourceId: string,
  id: string,
  dispatch: (event: EditEvent) => void,
  isSaving: RefObject<boolean>,
): void {
  const [account] = useCurrentAdmin();
  const told = useRef(0);
  useLiveRead(recordTopic(decodeTable(resourceId), id), {
    read: () => {
      const toldBefore = told.current;
      return loadRecord(resourceId, id).then(
        (record) => {
          // What was told meanwhile may be newer than what was read.
          if (told.current > toldBefore || isSaving.current) return;
          if (record) dispatch({ type: 'tell', image: record.params as LiveRow, author: 'unknown' });
          else dispatch({ type: 'tell_deletion', author: 'unknown' });
        },
        // The form is checked against the row again when it is saved.
        () => undefined,
      );
    },
    onTransaction: ({ actor: author, changes }) => {
      told.current += 1;
      if (isSaving.current && author?.id === Number(account?.id)) return;
      for (const { after } of changes)
        dispatch(after ? { type: 'tell', image: after, author } : { type: 'tell_deletion', author });
    },
  });
}
