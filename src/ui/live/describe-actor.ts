import type { LiveTransaction } from '../../live/protocol.ts';

/** Who did something, after 'was changed': 'by Zorblax', 'by you in another window', 'outside the panel'. */
export function describeActor(actor: LiveTransaction['actor'], ownId: unknown): string {
  if (actor === null) return 'outside the panel';
  return actor.id !== null && actor.id === Number(ownId) ? 'by you in another window' : `by ${actor.name}`;
}
