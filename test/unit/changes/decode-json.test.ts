import { expect, test } from 'vitest';
import { decodeJson } from '../../../src/changes/log/decode-json.ts';

// As MySQL 9.7 answers `CAST(CAST(… AS DOUBLE) AS JSON)`.
test.each([
  [0, '0.0'],
  [-7.5, '-7.5'],
  [100, '100.0'],
  [669964242055207.25, '669964242055207.2'],
  [2954822714989824e-28, '0.0000000000002954822714989824'],
  [-1.5e-13, '-0.00000000000015'],
  [1e-15, '0.000000000000001'],
  [1e-16, '1e-16'],
  [1e14, '100000000000000.0'],
  [1e15, '1e15'],
  [1000000000000002.5, '1000000000000002.5'],
  [1.5e300, '1.5e300'],
])('a double in a document, %d, reads as the server prints it: %s', (value, text) => {
  const bytes = Buffer.from([11, 0, 0, 0, 0, 0, 0, 0, 0]);
  bytes.writeDoubleLE(value, 1);
  expect(decodeJson(bytes)).toBe(text);
});
