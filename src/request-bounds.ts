import { type Refusal, refuse } from './errors.ts';

/** What one request may hold, whatever its content type. What is beyond is refused before anything takes it apart. */
export const REQUEST_LIMITS = {
  /** Of a path with its query; longer headers are already refused by Node.js. */
  addressBytes: 16 * 1024,
  /** As many as Express reads: it would pass over the others without a word. */
  queryNames: 1_000,
  pathParts: 32,
  /** Of a form in the panel: a MEDIUMTEXT of some megabytes among its fields. */
  formBytes: 8 * 1024 * 1024,
  loginFormBytes: 16 * 1024,
  /** InnoDB's widest table has 1,017 columns. */
  formNames: 2_000,
  /** A column's name has up to 64 characters of three bytes, and a filter adds some of its own. */
  nameBytes: 256,
  /** All characters of a column's name may be dots. */
  nameDepth: 70,
  /** Of all names together: AdminJS takes time by the square of each name's depth. */
  namesDepth: 30_000,
  /** Of JSON, all levels together: a bulk action on 5,000 rows. */
  jsonValues: 20_000,
  jsonDepth: 32,
} as const;

const COUNTS = new Intl.NumberFormat('en');

export type BoundedJson = { readonly ok: true; readonly value: unknown } | Refusal;

/**
 * Parses JSON of a bounded number of values, depth and names. Refuses with `too_many_values`, `nested_too_deep`,
 * `bad_name` or `bad_json`. Time is linear in the text, and what is refused for its shape is not built first.
 */
export function parseBoundedJson(text: string): BoundedJson {
  const refusal = checkJsonShape(text);
  if (refusal) return refusal;
  try {
    const value: unknown = JSON.parse(text);
    return checkNames(namesWithin(value)) ?? { ok: true, value };
  } catch {
    return refuse('bad_json', 'This request could not be read: its data is broken. Please try again.');
  }
}

/** Refuses more than `most` names or fields. */
export function checkNumber(count: number, most: number): Refusal | null {
  if (count <= most) return null;
  const message = `This request has more than ${COUNTS.format(most)} fields. Send fewer of them in one go.`;
  return refuse('too_many_fields', message);
}

/** Refuses names that are too long, or too deep, each or together. */
export function checkNames(names: readonly string[]): Refusal | null {
  const { namesDepth } = REQUEST_LIMITS;
  if (!names.every(isFittingName) || names.reduce((sum, name) => sum + depthOf(name), 0) > namesDepth)
    return refuse(
      'bad_name',
      'The name of a field is too long or too deep. Please use the forms of the panel.',
    );
  return null;
}

function isFittingName(name: string): boolean {
  const { nameBytes, nameDepth } = REQUEST_LIMITS;
  return name.length <= nameBytes && Buffer.byteLength(name) <= nameBytes && depthOf(name) <= nameDepth;
}

function depthOf(name: string): number {
  return name.split(/[.[]/).length;
}

function checkJsonShape(text: string): Refusal | null {
  const { jsonValues, jsonDepth } = REQUEST_LIMITS;
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === '{' || character === '[') {
      depth++;
      values++;
    } else if (character === '}' || character === ']') depth--;
    else if (character === ',') values++;
    if (depth > jsonDepth)
      return refuse('nested_too_deep', `This request is nested deeper than ${jsonDepth} levels.`);
    if (values > jsonValues)
      return refuse(
        'too_many_values',
        `This request holds more than ${COUNTS.format(jsonValues)} values. Do it in several parts.`,
      );
  }
  return null;
}

function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function namesWithin(value: unknown): string[] {
  const names: string[] = [];
  const waiting = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    if (!Array.isArray(next)) names.push(...Object.keys(next));
    waiting.push(...Object.values(next));
  }
  return names;
}
