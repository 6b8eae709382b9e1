import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concernsTable, formatTopic, matchesTopic, parseTopic } from '../../../src/live/topics.ts';

describe('a topic', () => {
  test.each([
    ['*', { table: null, id: null }],
    ['films', { table: 'films', id: null }],
    ['films:42', { table: 'films', id: '42' }],
    ['films:42~a.2Eb', { table: 'films', id: '42~a.2Eb' }],
    ['odd~3Aname:7', { table: 'odd:name', id: '7' }],
    ['~2A', { table: '*', id: null }],
    ['a~7E3A', { table: 'a~3A', id: null }],
    ['a/b', { table: 'a/b', id: null }],
    ['%41 ?#.:1', { table: '%41 ?#.', id: '1' }],
  ])('%s is read and written back', (text, topic) => {
    expect(parseTopic(text)).toEqual(topic);
    expect(formatTopic(topic)).toBe(text);
  });

  test.each(['', ':', ':42', 'films:', 'films:a b', 'films:*', 'films:1,2', 'odd:name:7', 'a~b', 'a*'])(
    'is not %j',
    (text) => {
      expect(parseTopic(text)).toBeNull();
    },
  );

  test('that can be read has one spelling', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const topic = parseTopic(text);
        return topic === null || formatTopic(topic) === text;
      }),
    );
  });

  test('matches its own changes alone', () => {
    const change = { table: 'films', id: '42' };
    const matches = ['*', 'films', 'films:42', 'films:4', 'orders', 'orders:42'].filter((text) => {
      const topic = parseTopic(text);
      return topic && matchesTopic(topic, change);
    });
    expect(matches).toEqual(['*', 'films', 'films:42']);
  });

  test('is concerned by every loss in its table', () => {
    const concerned = ['*', 'films', 'films:4', 'orders'].filter((text) => {
      const topic = parseTopic(text);
      return topic && concernsTable(topic, 'films');
    });
    expect(concerned).toEqual(['*', 'films', 'films:4']);
  });
});
