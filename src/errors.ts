import { randomUUID } from 'node:crypto';

/** Something wrong with the set-up, told together with its cure before anything starts. */
export interface Problem {
  /** Stable name, snake_case. */
  readonly code: string;
  /** The setting, file or table that is wrong. */
  readonly where: string;
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
}

/** The start cannot go on. Carries every problem found, not only the first. */
export class ProblemsError extends Error {
  override readonly name = 'ProblemsError';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
  }
}

/** One problem as two lines for a terminal. */
export function formatProblem({ code, where, message, fix }: Problem): string {
  return `${where}: ${message} [${code}]\n  -> ${fix}`;
}

/** An expected no, returned as a value and shown to the person in words. */
export interface Refusal {
  readonly ok: false;
  /** Stable name, snake_case. */
  readonly code: string;
  /** A sentence that says what to do. */
  readonly message: string;
  /** Refusals that belong to one field, by column name. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Where the words repeat what not everybody may read; see {@link quoting}. */
  readonly quotes?: Quotes;
}

/** Columns (`'employees.name'`) whose values a message repeats, and what is said to those who may not read them all. */
export interface Quotes {
  readonly columns: readonly string[];
  readonly plain: string;
}

/** Builds a {@link Refusal}. */
export function refuse(code: string, message: string, fields?: Record<string, string>): Refusal {
  return fields ? { ok: false, code, message, fields } : { ok: false, code, message };
}

/** A refusal whose words repeat values of columns: who may not read them all is told `plain`. */
export function quoting<R extends Refusal>(refusal: R, columns: readonly string[], plain: string): R {
  return { ...refusal, quotes: { columns, plain } };
}

/** Ends a request whose answer has no form for a {@link Refusal}: it is told as an HTTP error of this status. */
export class RefusedRequestError extends Error {
  override readonly name = 'RefusedRequestError';
  constructor(
    readonly refusal: Refusal,
    readonly status: 400 | 403 | 429 | 503 = 400,
  ) {
    super(refusal.message);
  }
}

/** A short id under which a fault is logged and shown. */
export function createFaultId(): string {
  return randomUUID().slice(0, 8);
}
