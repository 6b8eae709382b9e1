import { expect, test } from 'vitest';
import { sentence, sentences } from '../../src/sentence.ts';

test.each([
  [sentence`It belongs to ${'Zorbina'}. Ask her.`, 'It belongs to Zorbina. Ask her.'],
  [sentence`It belongs to ${'Gorak Inc.'}. Ask them.`, 'It belongs to Gorak Inc. Ask them.'],
  [sentence`Held: ${'Why?'}.`, 'Held: Why?'],
  [sentence`${'Gorak Inc.'} has ${3}.`, 'Gorak Inc. has 3.'],
  [sentence`Wait for ${'Gorak Inc.'}...`, 'Wait for Gorak Inc....'],
])('a sentence with a name in it ends once: %s', (said, expected) => {
  expect(said).toBe(expected);
});

test.each([
  [
    ['Price must be at least 0', 'Title must be filled in'],
    'Price must be at least 0. Title must be filled in.',
  ],
  [
    ["There is no film 'Help!'", 'It belongs to Gorak Inc.'],
    "There is no film 'Help!'. It belongs to Gorak Inc.",
  ],
  [['Must be a number', 'Must be a number'], 'Must be a number.'],
  [[], ''],
])('statements are told one after another, each ended and said once: %j', (statements, expected) => {
  expect(sentences(statements)).toBe(expected);
});
