import fc from 'fast-check';
import { type ColumnType, textSql } from './column-type.ts';

const MEMBERS = ['b', 'a', 'A,b', "it's", '10', '9', '0', 'true', 'Ünï', 'x y', 'constructor', '-'];
const PLACES = ['land', 'sea', 'x y', "it's", 'ü', '10'];

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;
const listSql = (texts: readonly string[]) => texts.map(quote).join(', ');
const anyOf = (members: readonly string[]) => fc.constantFrom(...members).map(textSql);
/** A member by its number; 0 is what a server makes of a value that is none, and is written as nothing. */
const anyNumber = (most: number) => fc.integer({ min: 0, max: most }).map(String);

/** Columns of one or some of several values. */
export const CHOICES: readonly ColumnType[] = [
  { sql: `ENUM(${listSql(MEMBERS)})`, family: 'choice', values: anyNumber(MEMBERS.length) },
  {
    sql: `ENUM(${listSql(['', 'é', 'z'])}) CHARACTER SET latin1`,
    family: 'choice',
    values: anyOf(['', 'é', 'z']),
  },
  {
    sql: `SET(${listSql(PLACES)})`,
    family: 'choices',
    values: anyNumber(2 ** PLACES.length - 1),
  },
];
