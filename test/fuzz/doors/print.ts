import type { Finding, FuzzReport } from './fuzz-doors.ts';

const RUN = /(.{1,30}?)\1{11,}/gsu;

/** A finding in words, with its input as an entry for the tests of what was found. */
export function printFinding({ kind, detail, door, seed, acts }: Finding): string {
  const entry = acts.map((act) => `    ${toSource(act)},`).join('\n');
  return `${kind} at ${door}, seed ${seed}\n  ${detail.replaceAll('\n', '\n  ')}\n  [\n${entry}\n  ],`;
}

/** What was tried, and how long the slowest input kept others waiting. */
export function printReport({ findings, doors, inputs, slowest }: FuzzReport): string {
  const slow = slowest
    ? `; the slowest took ${Math.round(slowest.requestMs)} ms and delayed /healthz by ${Math.round(slowest.healthMs)} ms: ${toSource(slowest.act)}`
    : '; none kept /healthz waiting';
  return `${inputs} inputs at ${doors} doors, ${findings.length} findings${slow}`;
}

/** TypeScript for a value, in which long runs of the same few letters stand once, with their number. */
export function toSource(value: unknown): string {
  if (typeof value === 'string') return textToSource(value);
  if (Array.isArray(value)) return `[${value.map(toSource).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([name, part]) => `${nameToSource(name)}: ${toSource(part)}`);
  return `{ ${entries.join(', ')} }`;
}

const nameToSource = (name: string) => (/^[a-z]\w*$/i.test(name) ? name : JSON.stringify(name));

function textToSource(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (const { 0: run, 1: unit = '', index } of text.matchAll(RUN)) {
    if (index > at) parts.push(JSON.stringify(text.slice(at, index)));
    parts.push(`${JSON.stringify(unit)}.repeat(${run.length / unit.length})`);
    at = index + run.length;
  }
  if (at < text.length || parts.length === 0) parts.push(JSON.stringify(text.slice(at)));
  return parts.join(' + ');
}
