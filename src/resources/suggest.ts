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

function findNearest(wrong: string, names: readonly string[]): string | null {
  const maxDistance = Math.max(2, Math.floor(wrong.length / 3));
  let nearest: string | null = null;
  let nearestDistance = maxDistance + 1;
  for (const name of names) {
    // Among equally near names the one with the same first letter wins: 'lable' is 'label' rather than 'table'.
    const found = distance(wrong.toLowerCase(), name.toLowerCase()) + (name[0] === wrong[0] ? 0 : 0.5);
    if (found < nearestDistance) [nearest, nearestDistance] = [name, found];
  }
  return nearest;
}
