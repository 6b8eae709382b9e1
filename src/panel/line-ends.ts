import { diffArrays } from 'diff';

/** Of lines that differ, no more than this many are matched one by one. */
const MOST_DIFFERENCES = 500;

const LINE_END = /\r\n|\r|\n/;

interface Lines {
  readonly texts: readonly string[];
  /** What stands behind each line but the last. */
  readonly ends: readonly string[];
}

/**
 * A text that was edited in a browser, where every line end becomes LF, with the line ends of `original` back: a line
 * that is still there keeps its own, a changed one that of its last line, a new one gets the most frequent.
 */
export function restoreLineEnds(edited: string, original: string): string {
  if (!original.includes('\r')) return edited;
  const before = splitLines(original);
  const after = splitLines(edited);
  const usual = findUsual(before.ends);
  const ends = matchLines(before.texts, after.texts).map((line) => before.ends[line ?? -1] ?? usual);
  let restored = '';
  for (const [line, text] of after.texts.slice(0, -1).entries()) {
    // A CR and an LF that come to stand side by side would be one line end.
    const isMerged = text === '' && restored.endsWith('\r') && ends[line] === '\n';
    restored += text + (isMerged ? '\r\n' : ends[line]);
  }
  return restored + after.texts.at(-1);
}

function splitLines(text: string): Lines {
  return { texts: text.split(LINE_END), ends: text.match(new RegExp(LINE_END, 'g')) ?? [] };
}

function findUsual(ends: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const end of ends) counts.set(end, (counts.get(end) ?? 0) + 1);
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0] ?? '\n';
}

/** For each line of `after` the one of `before` that it is, or is made of; null for a new one. */
function matchLines(before: readonly string[], after: readonly string[]): (number | null)[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const shift = before.length - after.length;
  const middle = matchChanged(
    before.slice(start, before.length - tail),
    after.slice(start, after.length - tail),
  );
  return after.map((_text, line) => {
    if (line < start) return line;
    if (line >= after.length - tail) return line + shift;
    const matched = middle[line - start] ?? null;
    return matched === null ? null : matched + start;
  });
}

function matchChanged(before: readonly string[], after: readonly string[]): (number | null)[] {
  const parts = diffArrays([...before], [...after], { maxEditLength: MOST_DIFFERENCES }) ?? [
    { added: false, removed: true, count: before.length },
    { added: true, removed: false, count: after.length },
  ];
  const matches: (number | null)[] = [];
  let line = 0;
  let removed = 0;
  for (const { added, removed: isRemoved, count } of parts) {
    if (isRemoved) removed = count;
    // The last of the changed lines go together: who splits or joins lines leaves the end behind them alone.
    else if (added) {
      for (let left = count; left > 0; left--) matches.push(left <= removed ? line - left : null);
    } else for (let at = 0; at < count; at++) matches.push(line + at);
    if (!added) line += count;
    if (!isRemoved) removed = 0;
  }
  return matches;
}
