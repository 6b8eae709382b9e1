import { expect, test } from 'vitest';
import { readPaste } from '../../../../src/ui/action/paste-column.ts';

const ROWS = ['11', '12', '13'];

test.each([
  ['a line each', 'A\nB\nC', '11', { 11: 'A', 12: 'B', 13: 'C' }],
  ['lines of Windows with an empty end', 'A\r\nB\r\n', '12', { 12: 'A', 13: 'B' }],
  ['tabs in one line', 'A\tB', '11', { 11: 'A', 12: 'B' }],
  ['more than there are rows', 'A\nB\nC\nD', '12', { 12: 'A', 13: 'B' }],
  ['numbers of rows, in any order', '13\tC\n11\tA', '12', { 13: 'C', 11: 'A' }],
  ['a heading and rows that are not here', 'Order\tTracking\n12\tB\n99\tX', '11', { 12: 'B' }],
  ['rows as the panel names them', 'Order 12, B\n#13; C', '11', { 12: 'B', 13: 'C' }],
  ['one value', ' A \n', '11', null],
  ['nothing', '', '11', null],
])('%s that are pasted fill rows', (_, text, start, expected) => {
  expect(readPaste(text, ROWS, start)).toEqual(expected);
});
