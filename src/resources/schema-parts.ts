import { z } from 'zod';
import { ROLES } from './role.ts';

// The message of each schema says what belongs there; an enum's says what kind of name it is.

/** A text that is not empty. */
export const text = z.string('a text in quotes').trim().min(1, 'a text in quotes, not an empty one');

/** Names of columns, in order. */
export const columnNames = z.array(text, 'a list of column names');

/** Who may. */
export const access = z.union(
  [z.boolean(), z.array(z.enum(ROLES, 'role'))],
  `true, false or a list of roles (${ROLES.join(', ')})`,
);
