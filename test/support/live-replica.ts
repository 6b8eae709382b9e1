import { type LiveChange, type LiveRow, topicsOf } from '../../src/live/protocol.ts';
import type { LiveConnection } from '../../src/ui/live/live-connection.ts';
import { type Figures, type Snapshot, SnapshotFold } from '../../src/ui/live/snapshot-fold.ts';

/** Rows by table and record id. */
export type LiveRows = Readonly<Record<string, Readonly<Record<string, LiveRow>>>>;

const MAX_PAUSE_MS = 50;

/** A browser's copy of what some topics tell, kept as a dashboard keeps its figures. */
export class LiveReplica {
  /** Changes of rows that are not as was told before, where nothing was lost. */
  readonly faults: string[] = [];
  /** How often the copy had to be read anew. */
  snapshots = 0;
  private readonly topics: readonly string[];
  private readonly fold: SnapshotFold<LiveRows>;
  private figures: Figures<LiveRows> = { data: null, isStale: true };
  private onProgress: () => void = () => undefined;

  /** `origin` answers a snapshot of every table. */
  constructor(connection: LiveConnection, origin: string, topics: readonly string[]) {
    this.topics = topics;
    this.fold = new SnapshotFold<LiveRows>({
      connection,
      topics,
      readSnapshot: async () => {
        const answer = await fetch(origin);
        if (!answer.ok) throw new Error(`The snapshot answers ${answer.status}.`);
        const { cursor, data } = (await answer.json()) as Snapshot<LiveRows>;
        this.snapshots++;
        return { cursor, data: this.select(data) };
      },
      fold: (rows, { changes }) => changes.reduce((state, change) => this.apply(state, change), rows),
      onChange: (figures) => {
        this.figures = figures;
        this.onProgress();
      },
      later,
      retryLater: later,
    });
  }

  stop(): void {
    this.fold.stop();
  }

  /** Resolves with the copy as soon as it holds a row, and nothing of it is out of date. */
  async once(table: string, id: string): Promise<LiveRows> {
    for (;;) {
      const { data, isStale } = this.figures;
      if (!isStale && data?.[table]?.[id]) return data;
      await new Promise<void>((resolve) => {
        this.onProgress = resolve;
      });
    }
  }

  /** Of all rows, those that the topics tell. */
  select(rows: LiveRows): LiveRows {
    return Object.fromEntries(
      Object.entries(rows).map(([table, byId]) => [
        table,
        Object.fromEntries(Object.entries(byId).filter(([id]) => this.isTold(table, id))),
      ]),
    );
  }

  private isTold(table: string, id: string): boolean {
    return topicsOf({ table, id }).some((topic) => this.topics.includes(topic));
  }

  private apply(rows: LiveRows, { table, id, kind, before, after }: LiveChange): LiveRows {
    const { [id]: known = null, ...others } = rows[table] ?? {};
    if (!this.figures.isStale && JSON.stringify(known) !== JSON.stringify(before))
      this.faults.push(`${kind} of ${table} ${id} does not fit`);
    return { ...rows, [table]: after ? { ...others, [id]: after } : others };
  }
}

function later(run: () => void, delayMs: number): () => void {
  const timer = setTimeout(run, Math.min(delayMs, MAX_PAUSE_MS));
  return () => clearTimeout(timer);
}
