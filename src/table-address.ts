const ESCAPED = /[^\p{L}\p{M}\p{N}_-]+/gu;
/** What every object has would be found among tables that it holds by their names. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));
const ESCAPES = /(?:~[0-9A-F]{2})+/g;
/** What `encodeURIComponent` leaves as it is, and its own sign. */
const SIGNS = /[.!~*'()%]/g;

/**
 * A table's name as addresses and AdminJS's ids have it: letters, digits, `_` and `-` stand for themselves,
 * any other UTF-8 byte is `~` and two hex digits. `a/b` is `a~2Fb`.
 */
export function encodeTable(name: string): string {
  if (INHERITED.has(name)) return toHex(name.charAt(0)) + name.slice(1);
  return name.replace(ESCAPED, (text) =>
    encodeURIComponent(text).replace(SIGNS, (sign) => (sign === '%' ? '~' : toHex(sign))),
  );
}

function toHex(sign: string): string {
  return `~${sign.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** The name that {@link encodeTable} has made this of; a text that it never makes stands for itself. */
export function decodeTable(text: string): string {
  try {
    const name = text.replace(ESCAPES, (escapes) => decodeURIComponent(escapes.replaceAll('~', '%')));
    return encodeTable(name) === text ? name : text;
  } catch {
    return text;
  }
}
