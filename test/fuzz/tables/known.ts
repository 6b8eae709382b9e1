import type { Defect } from './defect.ts';

interface KnownDefect {
  readonly what: string;
  is(defect: Defect): boolean;
}

const saying = (what: string, pattern: RegExp): KnownDefect => ({
  what,
  is: ({ message }) => pattern.test(message),
});

/** Names that are known to break a table: drivers and servers take them for another one. */
const WITHHELD_NAMES = /^\s|^__proto__$/;

/** Whether a name is left out. */
export const isWithheldName = (name: string): boolean => WITHHELD_NAMES.test(name);

/** Defects that are known and not mended yet; to be emptied. */
const KNOWN: readonly KnownDefect[] = [
  saying('a name with a quotation mark in a form', /%22/),
  saying(
    'a row called after its composite, negative or odd key cannot be searched by that',
    /^the (?:search|choices) in |as a choice/,
  ),
  saying('a column called __was', /__was|its data is broken/),
  saying('a row whose key AdminJS does not find by its name', /was\.","type":"(?:Forbidden|NotFound)Error"/),
];

/** Whether a defect is one of those that are known. */
export const isKnown = (defect: Defect): boolean => KNOWN.some((known) => known.is(defect));
