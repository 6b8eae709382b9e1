import type { LiveTransaction } from '../../live/protocol.ts';

/** Who wrote something; 'unknown' where it was only seen to have changed. */
export type Author = LiveTransaction['actor'] | 'unknown';

/** Who did something, after 'was changed': 'by Zorblax', 'by you in another window', 'outside the panel'. */
export function describeAuthor(author: Author, ownId: unknown): string {
  if (author === null) return 'outside the panel';
  if (author === 'unknown') return 'by somebody else';
  return author.id !== null && author.id === Number(ownId) ? 'by you in another window' : `by ${author.name}`;
}
