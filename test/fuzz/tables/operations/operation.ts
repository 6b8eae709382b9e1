import type { Scene } from '../stage.ts';
import type { MadeTable } from '../table-sql.ts';

/** Does one kind of thing with a table, and throws a Defect where the panel does other than plain SQL says. */
export type Operation = (scene: Scene, table: MadeTable) => Promise<void>;
