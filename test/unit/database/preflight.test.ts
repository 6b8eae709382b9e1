import { expect, test } from 'vitest';
import { checkVersion } from '../../../src/database/preflight.ts';

test.each([
  ['10.11.19-MariaDB-0+deb12u1-log', 'Debian 12'],
  ['11.4.2-MariaDB', 'mariadb.org binary distribution'],
  ['12.0.1-MariaDB', ''],
  ['8.4.0', 'MySQL Community Server - GPL'],
  ['9.7.0', 'MySQL Community Server - GPL'],
])('%s (%s) is new enough', (version, comment) => {
  expect(checkVersion(version, comment)).toEqual([]);
});

test.each([
  ['10.6.18-MariaDB', 'managed by AWS'],
  ['8.0.39', 'Source distribution'],
  ['8.3.0', 'MySQL Community Server - GPL'],
  ['5.7.44-log', 'MySQL Community Server (GPL)'],
])('%s (%s) is too old', (version, comment) => {
  expect(checkVersion(version, comment)).toMatchObject([{ code: 'database_too_old' }]);
});
