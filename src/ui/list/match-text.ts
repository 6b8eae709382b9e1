import type { ColumnMatch } from '../column-display.ts';

/** Whether something holds, as far as it can be told here. */
export type Match = 'yes' | 'no' | 'unknown';

type Letters = ColumnMatch['letters'];

/** Beyond so many comparisons of letters a text is left to the database. */
const MOST_COMPARISONS = 1_000_000;

const PLAIN = /^[ -~]$/;
const PLAIN_TEXT = /^[ -~]*$/;

/** Whether the database finds one text within another, as LIKE does: letter by letter. */
export function matchPart(text: string, part: string, letters: Letters): Match {
  if (text.includes(part)) return 'yes';
  if (letters === 'exact') return 'no';
  if (text.length * part.length > MOST_COMPARISONS) return 'unknown';
  const held = [...text];
  const sought = [...part];
  let best: Match = 'no';
  for (let start = 0; start + sought.length <= held.length; start++) {
    const here = matchAll(
      sought.map((letter, index) => matchLetter(held[start + index] ?? '', letter, letters)),
    );
    if (here === 'yes') return 'yes';
    if (here === 'unknown') best = 'unknown';
  }
  return best;
}

/** Whether the database takes two texts for the same. */
export function matchWhole(text: string, other: string, letters: Letters): Match {
  if (text === other) return 'yes';
  if (letters === 'unknown') return 'unknown';
  // Some collations take the spaces at the end for nothing.
  if (text.trimEnd() === other.trimEnd()) return 'unknown';
  if (letters === 'exact') return 'no';
  // One letter may equal two others, and some letters count for nothing.
  if (!PLAIN_TEXT.test(text) || !PLAIN_TEXT.test(other)) return 'unknown';
  if (text.toLowerCase() === other.toLowerCase()) return 'yes';
  return text.trimEnd().toLowerCase() === other.trimEnd().toLowerCase() ? 'unknown' : 'no';
}

/** Whether all of several things hold. */
export function matchAll(matches: readonly Match[]): Match {
  if (matches.includes('no')) return 'no';
  return matches.includes('unknown') ? 'unknown' : 'yes';
}

/** Whether any of several things holds. */
export function matchAny(matches: readonly Match[]): Match {
  if (matches.includes('yes')) return 'yes';
  return matches.includes('unknown') ? 'unknown' : 'no';
}

function matchLetter(held: string, sought: string, letters: Letters): Match {
  if (held === sought) return 'yes';
  if (PLAIN.test(held) && PLAIN.test(sought) && held.toLowerCase() !== sought.toLowerCase()) return 'no';
  return letters === 'alike' && baseOf(held) !== null && baseOf(held) === baseOf(sought) ? 'yes' : 'unknown';
}

/** The plain letter below case and accents; null where there is none. */
function baseOf(letter: string): string | null {
  const base = letter
    .normalize('NFD')
    .replace(/^(.)\p{M}+$/u, '$1')
    .toLowerCase();
  return PLAIN.test(base) ? base : null;
}
