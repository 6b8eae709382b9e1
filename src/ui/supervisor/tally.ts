/** Counts by two keys: `tally[outer][inner]`. Nothing is kept of what counts zero. */
export type Tally = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The tally with `amount` more under a pair of keys; the tally itself stays as it is. */
export function addTo(tally: Tally, outer: string, inner: string, amount: number): Tally {
  if (amount === 0) return tally;
  const counts = withEntry(
    tally[outer] ?? {},
    inner,
    (tally[outer]?.[inner] ?? 0) + amount,
    (sum) => sum !== 0,
  );
  return withEntry(tally, outer, counts, (entries) => Object.keys(entries).length > 0);
}

/** The sum of a tally's counts over the pairs of keys that `matches` lets in. */
export function sumOf(tally: Tally, matches: (outer: string, inner: string) => boolean = () => true): number {
  let sum = 0;
  for (const [outer, counts] of Object.entries(tally))
    for (const [inner, count] of Object.entries(counts)) if (matches(outer, inner)) sum += count;
  return sum;
}

function withEntry<T>(
  entries: Readonly<Record<string, T>>,
  key: string,
  value: T,
  isKept: (value: T) => boolean,
): Readonly<Record<string, T>> {
  if (isKept(value)) return { ...entries, [key]: value };
  const { [key]: _dropped, ...others } = entries;
  return others;
}
