/** Who listens. */
export interface Viewer {
  readonly accountId: number | null;
  readonly name: string;
  readonly role: string;
  /** The only tables that are told of, each with its columns, where there is such a limit; null: all the role may see. */
  readonly tables: Readonly<Record<string, readonly string[]>> | null;
}
