import type { Pool } from '../database/pool.ts';
import { type Refusal, refuse } from '../errors.ts';
import { type AccountWithHash, findAccountByEmail, replaceHash } from './accounts.ts';
import { HttpRefusal } from './http-error.ts';
import type { LoginAttempt, LoginThrottle } from './login-throttle.ts';
import { hashPassword, isOutdated, verifyPassword } from './password.ts';

const MAX_PASSWORD_LENGTH = 1024;

export interface Credentials extends LoginAttempt {
  readonly password: string;
}

export type LoginResult =
  | { readonly ok: true; readonly account: AccountWithHash }
  | (Refusal & { readonly retryAfterS: number | null });

/**
 * Checks an e-mail address and a password. Refusals: `wrong_credentials`, the same for whatever is wrong, and
 * `too_many_attempts` with the seconds to wait. Throws {@link HttpRefusal} 503 where attempts cannot be counted.
 */
export async function signIn(
  pool: Pool,
  throttle: LoginThrottle,
  credentials: Credentials,
): Promise<LoginResult> {
  const retryAfterS = await throttle.count(credentials).catch(refuseUncounted);
  if (retryAfterS !== null) return refuseTooMany(retryAfterS);
  const account = await findAccountByEmail(pool, credentials.email);
  const password = credentials.password.slice(0, MAX_PASSWORD_LENGTH + 1);
  const right = await verifyPassword(account?.passwordHash ?? null, password);
  if (!right || !account?.active || password.length > MAX_PASSWORD_LENGTH) return WRONG_CREDENTIALS;
  await throttle.forget(credentials);
  if (!isOutdated(account.passwordHash)) return { ok: true, account };
  return { ok: true, account: await replaceHash(pool, account, await hashPassword(password)) };
}

const WRONG_CREDENTIALS = {
  ...refuse(
    'wrong_credentials',
    'This e-mail address and password do not belong together. Please try again.',
  ),
  retryAfterS: null,
};

function refuseTooMany(retryAfterS: number): LoginResult {
  const minutes = Math.ceil(retryAfterS / 60);
  const wait = minutes === 1 ? 'a minute' : `${minutes} minutes`;
  const message = `That was one attempt too many. Take a breath of your preferred gas and try again in ${wait}.`;
  return { ...refuse('too_many_attempts', message), retryAfterS };
}

function refuseUncounted(cause: unknown): never {
  const message =
    'Nobody can sign in just now, because the database cannot be reached. Please try again soon.';
  throw new HttpRefusal({ status: 503, code: 'sign_in_unavailable', message }, { cause });
}
