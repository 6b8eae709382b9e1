/** A length in the protocol's own form at `at`, and where what follows it begins. */
export function readLengthEncoded(bytes: Buffer, at: number): { value: number; next: number } {
  const first = bytes.readUInt8(at);
  if (first < 0xfb) return { value: first, next: at + 1 };
  const width = first === 0xfc ? 2 : first === 0xfd ? 3 : 8;
  const value = width === 8 ? Number(bytes.readBigUInt64LE(at + 1)) : bytes.readUIntLE(at + 1, width);
  return { value, next: at + 1 + width };
}

/** Whether a bit is set; the lowest bit of the first byte is number 0. */
export function isBitSet(bitmap: Buffer, index: number): boolean {
  return ((bitmap[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;
}
