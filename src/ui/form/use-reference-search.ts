import { useEffect, useState } from 'react';
import type { ReferenceDisplay } from '../column-display.ts';
import { type ReferenceChoice, searchReferences } from './search-references.ts';

const TYPING_PAUSE_MS = 180;

export interface ReferenceSearch {
  readonly choices: readonly ReferenceChoice[];
  readonly state: 'searching' | 'found' | 'failed';
}

const NOTHING_YET: ReferenceSearch = { choices: [], state: 'searching' };

/** The choices for a text, asked for once typing pauses; `text` null asks for nothing. The latest text wins. */
export function useReferenceSearch(reference: ReferenceDisplay, text: string | null): ReferenceSearch {
  const [search, setSearch] = useState(NOTHING_YET);
  useEffect(() => {
    if (text === null) return setSearch(NOTHING_YET);
    let isLatest = true;
    const show = (found: ReferenceSearch) => {
      if (isLatest) setSearch(found);
    };
    setSearch(({ choices }) => ({ choices, state: 'searching' }));
    const timer = setTimeout(
      () =>
        searchReferences(reference, text).then(
          (choices) => show({ choices, state: 'found' }),
          () => show({ choices: [], state: 'failed' }),
        ),
      text === '' ? 0 : TYPING_PAUSE_MS,
    );
    return () => {
      isLatest = false;
      clearTimeout(timer);
    };
  }, [reference.resourceId, reference.valueColumn, text]);
  return search;
}

/** What a reference's input shows of a value: its row's title, looked for where only the value is known. */
export function useReferenceTitle(
  reference: ReferenceDisplay,
  value: string | null,
  known: string | null,
): { readonly title: string; readonly isSought: boolean } {
  const [found, setFound] = useState<{ value: string; title: string } | null>(null);
  const isSought = value !== null && known === null && reference.searchable && found?.value !== value;
  useEffect(() => {
    if (!isSought) return;
    let isLatest = true;
    const show = (choices: readonly ReferenceChoice[]) => {
      const choice = choices.find((candidate) => candidate.value === value);
      if (isLatest) setFound({ value, title: choice?.title ?? value });
    };
    searchReferences(reference, value).then(show, () => show([]));
    return () => {
      isLatest = false;
    };
  }, [isSought, value, reference.resourceId, reference.valueColumn]);
  if (value === null) return { title: '', isSought };
  return { title: known ?? (found?.value === value ? found.title : isSought ? '' : value), isSought };
}
