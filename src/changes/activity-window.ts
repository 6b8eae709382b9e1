/** A transaction may hold an activity row's id back for so long; panel transactions are far shorter. */
const SETTLED_AFTER_MS = 5 * 60 * 1000;

/**
 * Which activity rows were seen. Their ids are given out before the commit, so a smaller one may appear after a larger
 * one: ids that were passed over are looked for again until they can no longer come.
 */
export class ActivityWindow {
  /** Every id up to here was seen, or will never come. */
  private settled: number;
  private head: number;
  private readonly seen: Set<number>;
  /** The head as it was at earlier looks, oldest first. */
  private readonly looks: { head: number; atMs: number }[] = [];

  /** Begins with the ids that are there now, of those above `settled`. */
  constructor(settled: number, present: readonly number[], nowMs: number) {
    this.settled = settled;
    this.head = Math.max(settled, ...present);
    this.seen = new Set(present);
    this.finishLook(nowMs);
  }

  /** Rows above this id must be looked at. */
  get lookAbove(): number {
    return this.settled;
  }

  /** Whether this row was not seen before. */
  admit(id: number): boolean {
    if (id <= this.settled || this.seen.has(id)) return false;
    this.seen.add(id);
    this.head = Math.max(this.head, id);
    return true;
  }

  /** To be called when everything above {@link lookAbove} was looked at. */
  finishLook(nowMs: number): void {
    this.looks.push({ head: this.head, atMs: nowMs });
    while (this.looks[0] && this.looks[0].atMs <= nowMs - SETTLED_AFTER_MS)
      this.settled = Math.max(this.settled, this.looks.shift()?.head ?? 0);
    while (this.seen.has(this.settled + 1)) this.settled += 1;
    for (const id of this.seen) if (id <= this.settled) this.seen.delete(id);
  }
}
