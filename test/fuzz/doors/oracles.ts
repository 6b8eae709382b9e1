import type { Canary } from './canaries.ts';
import type { Answer, HttpRequest } from './send.ts';
import type { Visitor } from './visitors.ts';

/** What can be wrong with what the program does. */
export type DefectKind =
  | 'fault'
  | 'no answer'
  | 'slow'
  | 'stall'
  | 'leak'
  | 'inside told'
  | 'logged fault'
  | 'death'
  | 'stray'
  | 'ledger';

export interface Defect {
  readonly kind: DefectKind;
  readonly detail: string;
}

/** What tells of the program's inside: SQL, the server's own messages, stacks, paths. The fuzzer says nothing alike. */
const INSIDE = [
  /\bSELECT\b[^<>]{1,200}\bFROM\b/,
  /\bINSERT INTO\b|\bDELETE FROM\b|\bUPDATE `/,
  /\bER_[A-Z]{3,}_[A-Z_]+/,
  /You have an error in your SQL|sqlState|sqlMessage/,
  /Data too long for column|Incorrect [a-z]+ value|Out of range value|Duplicate entry|foreign key constraint fails/i,
  /Illegal mix of collations|Unknown column|doesn't have a default value/i,
  /^\s+at .+:\d+:\d+\)?$/m,
  /node_modules\/|file:\/\/\//,
  /Cannot read propert|is not a function|is not iterable|Unexpected token|Cannot convert/,
];

/** Scripts and styles hold no data, and may hold any word. */
const isScanned = ({ type }: Answer) => !/javascript|css|font|image|octet/.test(type);

/** What is wrong with an answer by itself. */
export function checkAnswer(request: HttpRequest, answer: Answer, canaries: readonly Canary[]): Defect[] {
  const { status, text } = answer;
  const defects: Defect[] = [];
  if (status >= 500) defects.push({ kind: 'fault', detail: `${status}: ${text.slice(0, 300)}` });
  if (status === 0 && request.cutAt === undefined)
    defects.push({ kind: 'no answer', detail: 'the connection ended without an answer' });
  return [...defects, ...(isScanned(answer) ? checkText(request.as, text, canaries) : [])];
}

/** What is wrong with where an answer sends a browser, which knows the site below this path alone. */
export function checkPlace({ location }: Answer, basePath: string): Defect[] {
  const isBelow = location === basePath || ['/', '?'].some((sign) => location.startsWith(basePath + sign));
  return location.startsWith('/') && !isBelow
    ? [{ kind: 'stray', detail: `sent on to ${location.slice(0, 200)}` }]
    : [];
}

/** What is wrong with anything that a visitor was told. */
export function checkText(visitor: Visitor, text: string, canaries: readonly Canary[]): Defect[] {
  const leaks = canaries
    .filter((canary) => !canary.seenBy.includes(visitor) && text.includes(canary.text))
    .map((canary) => describe('leak', text, text.indexOf(canary.text)));
  const inside = INSIDE.flatMap((pattern) => {
    const found = pattern.exec(text);
    return found ? [describe('inside told', text, found.index)] : [];
  });
  return [...leaks, ...inside];
}

function describe(kind: DefectKind, text: string, at: number): Defect {
  return { kind, detail: text.slice(Math.max(0, at - 60), at + 140) };
}
