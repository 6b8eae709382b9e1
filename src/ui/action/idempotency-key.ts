const KEY_BYTES = 16;

/** A key under which a form is sent: the same form sent again has no second effect. Works on plain http, too. */
export function createIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
