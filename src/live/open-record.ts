import type { Attendant } from './attendance.ts';
import type { PresenceRow } from './presence-rows.ts';
import type { PresenceMode, PresentPerson } from './protocol.ts';
import type { RecordTopic } from './seen-record.ts';
import { formatTopic } from './topics.ts';

/** A record that is open on this node, and who has it open here and elsewhere. */
export class OpenRecord {
  readonly topic: RecordTopic;
  readonly here = new Map<Attendant, PresenceMode>();
  /** Connections of other nodes, by node and connection. */
  private readonly elsewhere = new Map<string, PresentPerson>();
  /** What was heard while `elsewhere` is being read, which knows better; null: it is not being read. */
  private heard: Set<string> | null = null;

  constructor(topic: RecordTopic) {
    this.topic = topic;
  }

  /** Hears of a connection of another node that has the record open, or no longer; returns whether that is news. */
  hear(row: PresenceRow, isThere: boolean): boolean {
    const key = connectionKey(row);
    this.heard?.add(key);
    const known = this.elsewhere.get(key);
    if (isThere) this.elsewhere.set(key, row.person);
    else this.elsewhere.delete(key);
    return !isThere || known?.mode !== row.person.mode;
  }

  /**
   * Begins a reading of who has the record open elsewhere, and returns what takes it in: what is heard meanwhile counts
   * for more, and so does a later reading.
   */
  beginReading(): (rows: readonly PresenceRow[]) => void {
    const heard = new Set<string>();
    this.heard = heard;
    return (rows) => {
      if (this.heard !== heard) return;
      this.heard = null;
      for (const key of this.elsewhere.keys()) if (!heard.has(key)) this.elsewhere.delete(key);
      for (const row of rows)
        if (!heard.has(connectionKey(row))) this.elsewhere.set(connectionKey(row), row.person);
      this.tell(null);
    };
  }

  /** Tells everybody here who has the record open of the others; all but one where only their own part is new. */
  tell(except: Attendant | null): void {
    const topic = formatTopic(this.topic);
    for (const attendant of this.here.keys()) {
      if (attendant === except) continue;
      const others = [...this.here].filter(([other]) => other !== attendant);
      const here = others.map(([{ person }, mode]) => ({ ...person, mode }));
      attendant.tell({ topic, people: joinPeople([...here, ...this.elsewhere.values()]) });
    }
  }
}

function connectionKey({ nodeId, socketId }: PresenceRow): string {
  return `${nodeId} ${socketId}`;
}

/** Each account once, by name; who edits in one window and looks on in another edits. */
function joinPeople(people: readonly PresentPerson[]): PresentPerson[] {
  const byId = new Map<number, PresentPerson>();
  for (const person of people) if (byId.get(person.id)?.mode !== 'editing') byId.set(person.id, person);
  return [...byId.values()].sort((left, right) => left.name.localeCompare(right.name) || left.id - right.id);
}
