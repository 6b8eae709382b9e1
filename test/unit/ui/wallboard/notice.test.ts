import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { LivePhase } from '../../../../src/ui/live/live-connection.ts';
import { Notice } from '../../../../src/ui/wallboard/notice.tsx';

const SHOWN_MS = Date.parse('2026-11-22T22:05:59.900Z');
const MINUTE_MS = 60_000;

function tell(phase: LivePhase, isStale: boolean, ageMs = 0): string {
  const nowMs = SHOWN_MS + ageMs;
  const notice = createElement(Notice, {
    connection: { phase, lagMs: 0 },
    nowMs,
    shownMs: isStale ? SHOWN_MS : nowMs,
    isStale,
  });
  return renderToStaticMarkup(notice)
    .replace(/<svg.*?<\/svg>/, '')
    .replaceAll(/<[^>]+>/g, '');
}

test.each([
  [0, 'less than a minute ago'],
  [MINUTE_MS, 'a minute ago'],
  [119 * MINUTE_MS, '119 minutes ago'],
  [120 * MINUTE_MS, '2 hours ago'],
  [47 * 60 * MINUTE_MS, '47 hours ago'],
  [48 * 60 * MINUTE_MS, '2 days ago'],
  [21 * 24 * 60 * MINUTE_MS, '21 days ago'],
])('old figures tell their moment and age: after %i ms, %s', (ageMs, age) => {
  expect(tell('offline', true, ageMs)).toBe(
    `Old figures: as they were at 22:05 UTC, ${age}. Connecting again …`,
  );
});

test('figures that are old because the server is behind tell that it catches up', () => {
  expect(tell('catching-up', true)).toMatch(/^Old figures: .* Catching up …$/);
});

test('figures that are up to date tell nothing, those that come late tell so', () => {
  expect(tell('live', false)).toBe('');
  expect(tell('connecting', false)).toBe('');
  expect(tell('catching-up', false)).toContain('shown late');
  expect(tell('panel-only', false)).toContain('up to a minute late');
});
