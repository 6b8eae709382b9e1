/** A part of a statement, with the values of its question marks. */
export interface SqlPart {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}
