import type { PresentPerson } from '../../live/protocol.ts';

/** Who else has a record open: 'Zorblax is editing this', 'Zorblax and 2 others have this open'; '' for nobody. */
export function describePeople(people: readonly PresentPerson[], ownId: unknown): string {
  const editing = people.filter(({ mode }) => mode === 'editing');
  const named = (editing.length > 0 ? editing : people).map(({ id, name }) =>
    id === Number(ownId) ? 'you in another window' : name,
  );
  const [first, ...others] = named;
  if (first === undefined) return '';
  const many = others.length === 1 ? `${first} and ${others[0]}` : `${first} and ${others.length} others`;
  const who = others.length === 0 ? first : many;
  const verb = named.length > 1 || first.startsWith('you ') ? ['are', 'have'] : ['is', 'has'];
  const sentence = editing.length > 0 ? `${who} ${verb[0]} editing this` : `${who} ${verb[1]} this open`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
