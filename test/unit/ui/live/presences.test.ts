import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PresenceRequest, PresentPerson } from '../../../../src/live/protocol.ts';
import { describePeople } from '../../../../src/ui/live/describe-people.ts';
import { Presences } from '../../../../src/ui/live/presences.ts';

let sent: string[];
let presences: Presences;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  presences = new Presences(({ topic, mode }: PresenceRequest) => sent.push(`${topic} ${mode}`));
  presences.connect();
});
afterEach(() => {
  vi.useRealTimers();
});

const told = () => {
  vi.runAllTimers();
  return sent.splice(0);
};

describe('the server is told', () => {
  test('what is open, once, and when it is left', () => {
    const leave = presences.attend('orders:1', 'viewing', () => undefined);
    expect(told()).toEqual(['orders:1 viewing']);
    leave();
    expect(told()).toEqual(['orders:1 away']);
  });

  test('of a page that is left for the form of the same record only what changed', () => {
    const leave = presences.attend('orders:1', 'viewing', () => undefined);
    told();
    leave();
    presences.attend('orders:1', 'editing', () => undefined);
    expect(told()).toEqual(['orders:1 editing']);
  });

  test('everything again after a break', () => {
    presences.attend('orders:1', 'editing', () => undefined);
    told();
    presences.disconnect();
    presences.attend('movies:2', 'viewing', () => undefined);
    expect(told()).toEqual([]);
    presences.connect();
    expect(told()).toEqual(['orders:1 editing', 'movies:2 viewing']);
  });
});

test('who is there is told to the pages of the record, and nobody is known after a break', () => {
  const heard: string[] = [];
  presences.attend('orders:1', 'viewing', (people) => heard.push(people.map(({ name }) => name).join()));
  const people = [{ id: 1, name: 'Zorblax', role: 'employee', mode: 'viewing' as const }];
  presences.take({ topic: 'orders:1', people });
  presences.take({ topic: 'orders:2', people: [] });
  presences.disconnect();
  expect(heard).toEqual(['Zorblax', '']);
});

describe('who has a record open in words', () => {
  const person = (id: number, name: string, mode: PresentPerson['mode'] = 'viewing') => ({
    id,
    name,
    role: 'employee',
    mode,
  });
  test.each([
    [[], ''],
    [[person(2, 'Zorblax')], 'Zorblax has this open'],
    [[person(2, 'Zorblax'), person(3, 'Mirgax')], 'Zorblax and Mirgax have this open'],
    [[person(2, 'Zorblax'), person(3, 'Mirgax'), person(4, 'Pog')], 'Zorblax and 2 others have this open'],
    [[person(2, 'Zorblax'), person(3, 'Mirgax', 'editing')], 'Mirgax is editing this'],
    [[person(1, 'Myself')], 'You in another window have this open'],
    [
      [person(1, 'Myself', 'editing'), person(2, 'Pog', 'editing')],
      'You in another window and Pog are editing this',
    ],
  ])('%j', (people, words) => {
    expect(describePeople(people, 1)).toBe(words);
  });
});
