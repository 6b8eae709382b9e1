import type { Problem } from '../errors.ts';

/** What was found of one thing that the panel or its live screens need. */
export interface Finding {
  readonly subject: string;
  /** 'wrong': something does not work, or not fully; 'advice': everything works, and could work better. */
  readonly verdict: 'ok' | 'advice' | 'wrong';
  /** What was seen where nothing is wrong. */
  readonly note: string;
  readonly problems: readonly Problem[];
}

/** Builds a {@link Finding}. */
export function found(
  subject: string,
  verdict: Finding['verdict'],
  problems: readonly Problem[],
  note = '',
): Finding {
  return { subject, verdict, problems, note };
}

/** A finding of what works in any case; `note` tells of it where there is nothing to advise. */
export function advise(subject: string, problems: readonly Problem[], note: string): Finding {
  return found(subject, problems.length > 0 ? 'advice' : 'ok', problems, note);
}
