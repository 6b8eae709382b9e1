import { distance } from 'fastest-levenshtein';

const MAX_LISTED_NAMES = 24;

/** The cure for a wrong name: the nearest right one, or a list of them where none is near. */
export function suggestName(wrong: string, names: readonly string[]): string {
  const nearest = findNearest(wrong, names);
  if (nearest !== null) return `Did you mean '${nearest}'?`;
  if (names.length === 0) return 'Remove it.';
  const listed = names.slice(0, MAX_LISTED_NAMES).join(', ');
  return `Use one of: ${listed}${names.length > MAX_LISTED_NAMES ? ', …' : ''}.`;
}

// The first letter is seldom the wrong one, and swapped letters count double: 'lable' is 'label' rather than 'table'.
const OTHER_START_PENALTY = 1.5;

function findNearest(wrong: string, names: readonly string[]): string | null {
  const lowered = wrong.toLowerCase();
  let nearest: string | null = null;
  let bound = Math.max(2, Math.floor(wrong.length / 3)) + 1;
  for (const name of names) {
    const penalty = name[0]?.toLowerCase() === lowered[0] ? 0 : OTHER_START_PENALTY;
    const found = distance(lowered, name.toLowerCase()) + penalty;
    if (found < bound) [nearest, bound] = [name, found];
  }
  return nearest;
}
