import type { RecordJSON } from 'adminjs';
import type { LiveRow } from '../../live/protocol.ts';
import { own } from '../own.ts';
import type { Author } from './describe-author.ts';
import { patchRecord } from './patch-record.ts';

/** A row's page: the row, and what became of it while it is shown. */
export interface LiveRecord {
  readonly record: RecordJSON;
  /** How often each value has changed: by column. */
  readonly changes: Readonly<Record<string, number>>;
  /** By whom it was deleted; null while it is there. */
  readonly deletion: { readonly author: Author } | null;
}

export type LiveRecordEvent =
  | { type: 'tell'; image: LiveRow; titleColumn: string | null }
  | { type: 'tell_deletion'; author: Author }
  | { type: 'read'; record: RecordJSON };

export function startLiveRecord(record: RecordJSON): LiveRecord {
  return { record, changes: {}, deletion: null };
}

/** The row's page after something was told by the server or read from it. */
export function reduceLiveRecord(state: LiveRecord, event: LiveRecordEvent): LiveRecord {
  switch (event.type) {
    case 'tell': {
      const { record, changed } = patchRecord(state.record, event.image, event);
      return { record, changes: withCounted(state, changed), deletion: null };
    }
    case 'tell_deletion':
      // Who has read that it is gone knows less than who was told.
      return { ...state, deletion: state.deletion ?? { author: event.author } };
    case 'read': {
      const { changed } = patchRecord(state.record, event.record.params, { titleColumn: null });
      return { record: event.record, changes: withCounted(state, changed), deletion: null };
    }
  }
}

function withCounted({ changes }: LiveRecord, changed: readonly string[]): LiveRecord['changes'] {
  return { ...changes, ...Object.fromEntries(changed.map((name) => [name, (own(changes, name) ?? 0) + 1])) };
}
