/** Roles an account may have, in rising order of trust. */
export const ROLES = ['employee', 'supervisor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who may: everybody signed in, nobody, or the roles listed. */
export type Access = boolean | readonly Role[];

/** The colours of a status badge. */
export const TONES = ['neutral', 'info', 'success', 'warning', 'danger'] as const;
export type Tone = (typeof TONES)[number];

/** How a column's value looks; `none`: it goes without saying. */
export const VALUE_TONES = [...TONES, 'none'] as const;
export type ValueTone = (typeof VALUE_TONES)[number];
