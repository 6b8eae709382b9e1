/** '2026-11-22 17:43:29.279', UTC as the database tells it, as an ISO time. */
export function toIso(utc: string): string {
  return `${utc.replace(' ', 'T')}Z`;
}
