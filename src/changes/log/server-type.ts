/** Reads a value of a type that MariaDB keeps as bytes and shows as text; null of any other type. */
export function readServerType(sqlType: string): ((bytes: Buffer) => string) | null {
  switch (sqlType) {
    case 'uuid':
      return (bytes) => hex(bytes, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    case 'inet4':
      return (bytes) => Buffer.from(hex(bytes, 4), 'hex').join('.');
    case 'inet6':
      return (bytes) => readInet6(hex(bytes, 16));
    default:
      return null;
  }
}

/** The log leaves out the zeros at the end. */
function hex(bytes: Buffer, length: number): string {
  return bytes.toString('hex').padEnd(length * 2, '0');
}

function readInet6(digits: string): string {
  const groups = digits.match(/.{4}/g) ?? [];
  const text = new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
  const isMapped = /^(?:0{20}ffff|0{24}(?!0000))/.test(digits) && !/^0{31}[01]$/.test(digits);
  if (!isMapped) return text;
  const tail = Buffer.from(digits.slice(24), 'hex').join('.');
  return /^0{20}ffff/.test(digits) ? `::ffff:${tail}` : `::${tail}`;
}
