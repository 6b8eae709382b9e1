const DIGITS_PER_WORD = 9;
/** Bytes that hold so many digits beside the whole words. */
const BYTES_BY_DIGITS = [0, 1, 1, 2, 2, 3, 3, 4, 4, 4];

function bytesOfDigits(digits: number): number {
  return Math.floor(digits / DIGITS_PER_WORD) * 4 + (BYTES_BY_DIGITS[digits % DIGITS_PER_WORD] ?? 0);
}

/** How many bytes a DECIMAL takes (MySQL's strings/decimal.cc, `decimal_bin_size`). */
export function decimalBytes(precision: number, scale: number): number {
  return bytesOfDigits(precision - scale) + bytesOfDigits(scale);
}

/**
 * The text of a DECIMAL that begins at `at`. Nine digits are a big-endian word, fewer at the outer ends take fewer bytes; the
 * first bit is set for what is not negative, and all bits of a negative number are turned round.
 */
export function decodeDecimal(bytes: Buffer, at: number, precision: number, scale: number): string {
  const isNegative = (bytes.readUInt8(at) & 0x80) === 0;
  const size = decimalBytes(precision, scale);
  const plain = Buffer.allocUnsafe(size);
  for (let index = 0; index < size; index++)
    plain[index] = (bytes[at + index] ?? 0) ^ (isNegative ? 0xff : 0);
  plain[0] = (plain[0] ?? 0) ^ 0x80;
  const wholeDigits = precision - scale;
  const wholeBytes = bytesOfDigits(wholeDigits);
  const head = wholeDigits % DIGITS_PER_WORD;
  const whole =
    readDigits(plain, 0, head) +
    readWords(plain, wholeBytes - Math.floor(wholeDigits / DIGITS_PER_WORD) * 4, wholeBytes);
  const fraction =
    readWords(plain, wholeBytes, wholeBytes + Math.floor(scale / DIGITS_PER_WORD) * 4) +
    readDigits(plain, wholeBytes + Math.floor(scale / DIGITS_PER_WORD) * 4, scale % DIGITS_PER_WORD);
  const text = whole.replace(/^0+(?=\d)/, '') || '0';
  return `${isNegative ? '-' : ''}${text}${scale > 0 ? `.${fraction}` : ''}`;
}

function readDigits(bytes: Buffer, at: number, digits: number): string {
  const width = BYTES_BY_DIGITS[digits] ?? 0;
  return width === 0 ? '' : String(bytes.readUIntBE(at, width)).padStart(digits, '0');
}

function readWords(bytes: Buffer, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 4)
    text += String(bytes.readUInt32BE(at)).padStart(DIGITS_PER_WORD, '0');
  return text;
}
