import { singularize } from 'inflection';

const ACRONYMS = new Set(
  'api cpu crc csv dns ean gps gtin html http iban id ip isbn iso json mac md5 pdf sha sku sms sql ssn ui uri url uuid vat vin xml zip'.split(
    ' ',
  ),
);

const UNITS: Readonly<Record<string, string>> = {
  ms: 'ms',
  milliseconds: 'ms',
  seconds: 'seconds',
  secs: 'seconds',
  minutes: 'minutes',
  mins: 'minutes',
  hours: 'hours',
  days: 'days',
  weeks: 'weeks',
  months: 'months',
  years: 'years',
  mm: 'mm',
  cm: 'cm',
  km: 'km',
  kg: 'kg',
  grams: 'g',
  bytes: 'bytes',
  kb: 'KB',
  mb: 'MB',
  percent: '%',
  pct: '%',
  cents: 'cents',
};

/** Cuts a name at underscores, hyphens, spaces and humps, in lower case: 'unitPrice' → ['unit', 'price']. */
export function splitWords(name: string): string[] {
  return name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[\s_\-.]+/)
    .filter(Boolean);
}

/** Any name as words a person reads: 'partially_shipped' → 'Partially shipped', 'api_url' → 'API URL'. */
export function humanize(name: string): string {
  return toSentence(splitWords(name)) || name;
}

/** A column's label: 'movie_id' → 'Movie', 'placed_at' → 'Placed', 'runtime_minutes' → 'Runtime (minutes)'. */
export function humanizeColumn(name: string): string {
  const words = splitWords(name);
  const last = words.at(-1) ?? '';
  const rest = words.slice(0, -1);
  if (rest.length === 0) return toSentence(words) || name;
  if (last === 'id' || last === 'at' || last === 'on') return toSentence(rest);
  if (Object.hasOwn(UNITS, last)) return `${toSentence(rest)} (${UNITS[last]})`;
  if (words[0] === 'is') return toSentence(words.slice(1));
  return toSentence(words);
}

/** One row of a table, in lower case: 'order_items' → 'order item'. */
export function humanizeSingular(tableName: string): string {
  const words = splitWords(tableName);
  const last = words.pop();
  return last === undefined ? tableName : [...words, singularize(last)].map(spellWord).join(' ');
}

function toSentence(words: readonly string[]): string {
  const sentence = words.map(spellWord).join(' ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function spellWord(word: string): string {
  return ACRONYMS.has(word) ? word.toUpperCase() : word;
}
