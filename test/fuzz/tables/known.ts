import type { Defect } from './defect.ts';

interface KnownDefect {
  readonly what: string;
  is(defect: Defect): boolean;
}

const saying = (what: string, pattern: RegExp): KnownDefect => ({
  what,
  is: ({ message }) => pattern.test(message),
});

/** Values, as SQL, that are known to be shown, walked past or kept wrongly in several places, and are left out till then. */
const WITHHELD_VALUES: readonly RegExp[] = [
  // Days that are none: no place to walk on from, no filter, no record.
  /^'\d{4}-(?:00|\d\d-00)/,
  // The empty text is taken for NULL, or for nothing that was filled in.
  /^CONVERT\(X'' /,
];

/** Names that are known to break a table: drivers and servers take them for another one. */
const WITHHELD_NAMES = /^\s|^__proto__$/;

/** Whether a name is left out. */
export const isWithheldName = (name: string): boolean => WITHHELD_NAMES.test(name);

/** Whether a value is left out of what is made. */
export const isWithheld = (value: string): boolean => WITHHELD_VALUES.some((pattern) => pattern.test(value));

/** Defects that are known and not mended yet; to be emptied. */
const KNOWN: readonly KnownDefect[] = [
  saying('a name with a quotation mark in a form', /%22/),
  saying(
    'a row called after its composite, negative or odd key cannot be searched by that',
    /^the (?:search|choices) in |as a choice/,
  ),
  saying('a text that a column cannot hold', /Illegal mix of collations|Cannot convert string/),
  saying('the year 0', /between 1901 and 2155/),
  saying('a FLOAT is shown with six digits', /-?\d+\.?\d*(?:e-?\d+)?"?: lacks rows/),
  saying('the empty text where something has to be written', /must be filled in/),
  saying('TINYINT(1) that holds other numbers than 0 and 1', /shown as true/),
  saying('a column called __was', /__was|its data is broken/),
  saying('a row whose key AdminJS does not find by its name', /was\.","type":"(?:Forbidden|NotFound)Error"/),
];

/** Whether a defect is one of those that are known. */
export const isKnown = (defect: Defect): boolean => KNOWN.some((known) => known.is(defect));
