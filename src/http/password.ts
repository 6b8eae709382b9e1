import { randomBytes } from 'node:crypto';
import { hash, parseOptions, verify } from '@node-rs/argon2';

// What OWASP asks of argon2id, which is the library's default algorithm.
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

// Stands in for the hash of an account that does not exist, so that looking for one takes the same time.
let decoy: Promise<string> | undefined;

/** A password of 72 random bits, as 12 letters, digits, - and _. */
export function generatePassword(): string {
  return randomBytes(9).toString('base64url');
}

/** The argon2id hash of a password, as a PHC string. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), PARAMETERS);
}

/**
 * Whether `password` is the one behind `hashed`; null (no such account) takes as long and is never right. So does a hash
 * made with other parameters: beside it, one of today's is verified.
 */
export async function verifyPassword(hashed: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('');
  const given = password.normalize('NFKC');
  const usable = hashed !== null && isHash(hashed);
  const isOfToday = usable && !isOutdated(hashed);
  const [right] = await Promise.all([
    usable && verify(hashed, given),
    isOfToday || verify(await decoy, given),
  ]);
  return right;
}

/** Whether `hashed` was made with other parameters than those of today. */
export function isOutdated(hashed: string): boolean {
  const { memoryCost, timeCost, parallelism } = parseOptions(hashed);
  return (
    memoryCost !== PARAMETERS.memoryCost ||
    timeCost !== PARAMETERS.timeCost ||
    parallelism !== PARAMETERS.parallelism
  );
}

function isHash(hashed: string): boolean {
  try {
    parseOptions(hashed);
    return true;
  } catch {
    return false;
  }
}
