import { useLocation } from 'react-router';

/** What a link to a page about many rows gives its history entry to hold: an address would not hold many long keys. */
interface SelectionState {
  readonly recordIds: readonly string[];
}

/** The state of a link to a page about these rows. */
export function stateOf(recordIds: readonly string[]): SelectionState {
  return { recordIds };
}

/** The rows that the page is about, each once, as the link to it named them; or its address, between commas. */
export function useSelectedIds(): string[] {
  const { state, search } = useLocation();
  const given = (state as SelectionState | null)?.recordIds;
  const ids = given ?? (new URLSearchParams(search).get('recordIds') ?? '').split(',');
  return [...new Set(ids)].filter((id) => id !== '');
}
