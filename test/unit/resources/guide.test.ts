import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { SCHEMAS } from '../../../src/resources/decode.ts';
import { PERMISSIONS, ROLES, TONES } from '../../../src/resources/define.ts';
import { RESOURCE_PROBLEM_CODES } from '../../../src/resources/problem-code.ts';

const guide = await readFile('docs/resources.md', 'utf8');

test('the guide names every setting, role, permission and tone', () => {
  const settings = Object.values(SCHEMAS).flatMap((schema) => Object.keys(schema.shape));
  expect(settings).toContain('list');
  for (const name of [...settings, ...ROLES, ...PERMISSIONS, ...TONES])
    expect(guide).toMatch(new RegExp(`\\b${name}\\b`));
});

test('the guide explains every code of a problem, and no other', () => {
  const rows = guide.slice(guide.indexOf('| code | means |')).split('\n').slice(2);
  const explained = rows.flatMap((row) => [...(row.split(' | ')[0] ?? '').matchAll(/`(\w+)`/g)]);
  expect(explained.map(([, code]) => code).sort()).toEqual([...RESOURCE_PROBLEM_CODES].sort());
});
