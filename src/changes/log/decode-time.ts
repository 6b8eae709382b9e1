const two = (value: number) => String(value).padStart(2, '0');
const four = (value: number) => String(value).padStart(4, '0');

/** Bytes of a second's fraction with so many digits. */
export function fractionBytes(digits: number): number {
  return (digits + 1) >> 1;
}

/** '' or `.` with the digits of a fraction; `value` counts the least unit that its bytes can tell. */
function fractionText(value: number, digits: number): string {
  if (digits === 0) return '';
  return `.${String(value)
    .padStart(fractionBytes(digits) * 2, '0')
    .slice(0, digits)}`;
}

/** `YYYY-MM-DD` of the three bytes of a DATE. */
export function decodeDate(bytes: Buffer, at: number): string {
  const value = bytes.readUIntLE(at, 3);
  return `${four(value >> 9)}-${two((value >> 5) & 15)}-${two(value & 31)}`;
}

/** A DATETIME of five bytes and its fraction's (MySQL's mysys/my_time.cc): year and month as one number of 13 a year. */
export function decodeDateTime(bytes: Buffer, at: number, digits: number): string {
  const value = bytes.readUIntBE(at, 5) - 0x80_0000_0000;
  return `${packedDateTimeText(value)}${readFraction(bytes, at + 5, digits)}`;
}

/** `YYYY-MM-DD HH:MM:SS` of a packed time, its lower 17 bits the clock. */
export function packedDateTimeText(value: number): string {
  const clock = value % 0x2_0000;
  const date = Math.floor(value / 0x2_0000);
  const month = date >> 5;
  return `${four(Math.floor(month / 13))}-${two(month % 13)}-${two(date & 31)} ${clockText(clock)}`;
}

function clockText(clock: number): string {
  return `${two(clock >> 12)}:${two((clock >> 6) & 63)}:${two(clock & 63)}`;
}

/** A TIMESTAMP of four bytes and its fraction's, in UTC. */
export function decodeTimestamp(bytes: Buffer, at: number, digits: number): string {
  const seconds = bytes.readUInt32BE(at);
  const fraction = readFraction(bytes, at + 4, digits);
  return `${timestampText(seconds)}${fraction}`;
}

export function timestampText(seconds: number): string {
  return seconds === 0
    ? '0000-00-00 00:00:00'
    : new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function readFraction(bytes: Buffer, at: number, digits: number): string {
  return digits === 0 ? '' : fractionText(bytes.readUIntBE(at, fractionBytes(digits)), digits);
}

/** A TIME of three bytes and its fraction's: one signed number, from the middle of its range up and down. */
export function decodeTime(bytes: Buffer, at: number, digits: number): string {
  const width = fractionBytes(digits);
  const unit = 256 ** width;
  const value = bytes.readUIntBE(at, 3 + width) - 0x80_0000 * unit;
  const size = Math.abs(value);
  return `${value < 0 ? '-' : ''}${clockText(Math.floor(size / unit))}${fractionText(size % unit, digits)}`;
}

/** The forms of before MySQL 5.6.4, which MariaDB still writes for tables of that age: decimal digits as a number. */
export function decodeOldTime(bytes: Buffer, at: number): string {
  const value = bytes.readIntLE(at, 3);
  const size = Math.abs(value);
  return `${value < 0 ? '-' : ''}${two(Math.floor(size / 10_000))}:${two(Math.floor(size / 100) % 100)}:${two(size % 100)}`;
}

export function decodeOldDateTime(bytes: Buffer, at: number): string {
  const digits = bytes.readBigUInt64LE(at).toString().padStart(14, '0');
  return digits.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3 $4:$5:$6');
}
