/** A ready-made filter of a list with how many rows it holds. */
export interface Queue {
  readonly name: string;
  readonly label: string;
  readonly tone: string;
  /** The list's address as parameters: 'filters.status' → one value or several. */
  readonly query: Readonly<Record<string, string | readonly string[]>>;
  readonly count: number;
}

const FILTER = 'filters.';

function entriesOf({ query }: Queue): [string, string][] {
  return Object.entries(query).map(([key, value]) => [key, [value].flat().join(',')]);
}

/** The query string of the list that shows a queue. */
export function queueSearch(queue: Queue): string {
  return `?${new URLSearchParams(entriesOf(queue))}`;
}

function filtersOf(search: string): Map<string, string> {
  const entries = [...new URLSearchParams(search)].filter(([key]) => key.startsWith(FILTER));
  const filters = new Map<string, string>();
  for (const [key, value] of entries) {
    const before = filters.get(key);
    filters.set(key, before && value ? `${before},${value}` : before || value);
  }
  return filters;
}

/** Whether a list's query string filters at all. */
export function hasFilters(search: string): boolean {
  return filtersOf(search).size > 0;
}

/** The queue whose filters are exactly those of the list's query string. Moments count as equal: 'late' moves on. */
export function findActiveQueue(queues: readonly Queue[], search: string): Queue | undefined {
  const filters = filtersOf(search);
  return queues.find((queue) => {
    const wanted = entriesOf(queue);
    return wanted.length === filters.size && wanted.every(([key, value]) => isSame(value, filters.get(key)));
  });
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T/;

function isSame(value: string, other: string | undefined): boolean {
  return other !== undefined && (value === other || (MOMENT.test(value) && MOMENT.test(other)));
}
