/** What a part of the bench found. */
export interface Ratio {
  readonly text: string;
  readonly ratio: number;
  /** What the ratio should be, such as '≥ 0.7'. */
  readonly bound: string;
  readonly isGood: boolean;
}

/** For parts that want to tell somebody. */
export const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };
