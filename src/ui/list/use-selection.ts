import type { ActionJSON, RecordJSON } from 'adminjs';
import { useEffect, useState } from 'react';
import { type DocumentDisplay, findDocuments } from '../action/action-display.ts';

export interface Selection {
  readonly ids: readonly string[];
  /** What may be done with rows that are selected. */
  readonly actions: readonly ActionJSON[];
  /** What may be printed of them. */
  readonly documents: readonly DocumentDisplay[];
  has(id: string): boolean;
  set(records: readonly RecordJSON[], isSelected: boolean): void;
  clear(): void;
}

/** The rows selected, kept from page to page; another `scope` (the search and filters) starts anew. */
export function useSelection(scope: string): Selection {
  const [selected, setSelected] = useState<ReadonlyMap<string, RecordJSON>>(new Map());
  const clear = () => setSelected(new Map());
  useEffect(clear, [scope]);
  const actions = new Map(
    [...selected.values()].flatMap(({ bulkActions }) => bulkActions.map((action) => [action.name, action])),
  );
  return {
    ids: [...selected.keys()],
    actions: [...actions.values()],
    documents: [...selected.values()].map(findDocuments).find(({ length }) => length > 0) ?? [],
    has: (id) => selected.has(id),
    set: (records, isSelected) => {
      const next = new Map(selected);
      for (const record of records) {
        if (isSelected) next.set(record.id, record);
        else next.delete(record.id);
      }
      setSelected(next);
    },
    clear,
  };
}
