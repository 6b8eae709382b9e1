const CELL_LENGTH = 120;
const DEEPEST_INDENT = 32;

/** A text as far as a table's cell could show it. */
export function clip(text: string): string {
  return text.length <= CELL_LENGTH ? text : `${text.slice(0, CELL_LENGTH).trimEnd()}…`;
}

/**
 * JSON in lines, as many spaces deep as it is nested. Nothing else of it changes: numbers too long for JavaScript keep
 * their digits, which parsing and writing it again would not.
 */
export function indentJson(text: string): string {
  let depth = 0;
  const line = () => `\n${'  '.repeat(Math.min(depth, DEEPEST_INDENT))}`;
  return text.replaceAll(
    /("[^"\\]*(?:\\.[^"\\]*)*"?)|([[{])\s*([\]}])?|([\]}])|(,)|(:)|\s+/g,
    (token, string, open, empty) => {
      if (string) return token;
      if (open) {
        if (empty) return open + empty;
        depth += 1;
        return open + line();
      }
      if (token === ',') return `,${line()}`;
      if (token === ':') return ': ';
      if (token.trim() === '') return '';
      depth -= 1;
      return line() + token;
    },
  );
}
