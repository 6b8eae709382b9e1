/** Who listens. */
export interface Viewer {
  readonly accountId: number | null;
  readonly name: string;
  readonly role: string;
  /** The only tables that are told of, where there is such a limit; null: whatever the role may see. */
  readonly tables: readonly string[] | null;
}
