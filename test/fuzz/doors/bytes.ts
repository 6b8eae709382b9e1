/** Percent-encoded as UTF-8, whatever the text is. */
export function encodeBytes(text: string): string {
  return [...Buffer.from(text, 'utf8')]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9_.~-]/.test(character) ? character : `%${toHex(byte)}`;
    })
    .join('');
}

/** As careless programs write it: what HTTP cannot carry is escaped, and nothing else, so that a `%` may be broken. */
export function escapeLoosely(text: string): string {
  return Buffer.from(text, 'utf8')
    .toString('latin1')
    .replace(/[^\x21-\x7e]/g, (character) => `%${toHex(character.charCodeAt(0))}`);
}

const toHex = (byte: number) => byte.toString(16).padStart(2, '0').toUpperCase();
