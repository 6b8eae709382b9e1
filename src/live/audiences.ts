import type { Change, DirtyTable } from '../changes/transaction.ts';
import { ACTIVITY_TABLE } from '../database/activity.ts';
import { type LiveChange, type ResyncMessage, topicsOf } from './protocol.ts';
import { concernsTable, formatTopic, type Topic } from './topics.ts';
import { projectChange, type Sight } from './visibility.ts';

/** Those who see the same and listen to the same topics, and so are told the same. */
export interface Audience<Member> {
  /** The name of their room. */
  readonly room: string;
  readonly sight: Sight;
  readonly topics: ReadonlyMap<string, Topic>;
  readonly members: Set<Member>;
}

/** Every audience, found by what it listens to. `sight` objects must be shared by those who see the same. */
export class Audiences<Member> {
  private readonly byKey = new Map<string, Audience<Member>>();
  private readonly byTopic = new Map<string, Set<Audience<Member>>>();
  private readonly sightIds = new Map<Sight, number>();
  private created = 0;

  get count(): number {
    return this.byKey.size;
  }

  join(member: Member, sight: Sight, topics: ReadonlyMap<string, Topic>): Audience<Member> {
    const key = this.keyOf(sight, topics);
    const audience = this.byKey.get(key) ?? this.create(key, sight, topics);
    audience.members.add(member);
    return audience;
  }

  leave(member: Member, audience: Audience<Member>): void {
    audience.members.delete(member);
    if (audience.members.size > 0) return;
    this.byKey.delete(this.keyOf(audience.sight, audience.topics));
    for (const topic of audience.topics.keys()) {
      const others = this.byTopic.get(topic);
      others?.delete(audience);
      if (others?.size === 0) this.byTopic.delete(topic);
    }
  }

  /** What each audience is told of these changes, each change once. */
  project(changes: readonly Change[]): Map<Audience<Member>, LiveChange[]> {
    const told = new Map<Audience<Member>, LiveChange[]>();
    for (const change of changes) {
      const projections = new Map<Sight, LiveChange | null>();
      for (const audience of this.listenersOf(change)) {
        let projected = projections.get(audience.sight);
        if (projected === undefined) {
          projected = projectChange(change, audience.sight);
          projections.set(audience.sight, projected);
        }
        if (projected === null) continue;
        const list = told.get(audience);
        if (list) list.push(projected);
        else told.set(audience, [projected]);
      }
    }
    return told;
  }

  /** Which topics each audience must read anew. */
  findDirty(dirty: readonly DirtyTable[]): [Audience<Member>, ResyncMessage[]][] {
    if (dirty.length === 0) return [];
    return [...this.byKey.values()].flatMap((audience): [Audience<Member>, ResyncMessage[]][] => {
      const seen = dirty.filter(({ table }) => audience.sight.has(table));
      const messages = [...audience.topics.values()].flatMap((topic) => {
        const reason = seen.find(({ table }) => concernsTable(topic, table))?.reason;
        return reason ? [{ topic: formatTopic(topic), reason }] : [];
      });
      return messages.length > 0 ? [[audience, messages]] : [];
    });
  }

  /** Which records something was recorded of though their rows stayed as they were: their pages may show it. */
  findNoted(changes: readonly Change[]): [Audience<Member>, ResyncMessage][] {
    const recorded = changes
      .filter(({ table }) => table === ACTIVITY_TABLE)
      .map(({ after }) => `${after?.table_name}:${after?.record_id}`)
      .filter((topic) => this.byTopic.has(topic));
    if (recorded.length === 0) return [];
    const told = new Set(changes.map(({ table, id }) => `${table}:${id}`));
    const noted = recorded.filter((topic) => !told.has(topic));
    return [...new Set(noted)].flatMap((topic) =>
      [...(this.byTopic.get(topic) ?? [])].map((audience): [Audience<Member>, ResyncMessage] => [
        audience,
        { topic, reason: 'activity' },
      ]),
    );
  }

  private listenersOf(change: Change): Iterable<Audience<Member>> {
    const sets = topicsOf(change).flatMap((topic) => this.byTopic.get(topic) ?? []);
    const [first] = sets;
    if (sets.length <= 1) return first ?? [];
    return new Set(sets.flatMap((set) => [...set]));
  }

  private create(key: string, sight: Sight, topics: ReadonlyMap<string, Topic>): Audience<Member> {
    this.created++;
    const audience: Audience<Member> = {
      room: `audience ${this.created}`,
      sight,
      topics: new Map(topics),
      members: new Set(),
    };
    this.byKey.set(key, audience);
    for (const topic of topics.keys()) {
      const others = this.byTopic.get(topic) ?? new Set();
      this.byTopic.set(topic, others.add(audience));
    }
    return audience;
  }

  private keyOf(sight: Sight, topics: ReadonlyMap<string, Topic>): string {
    const sightId = this.sightIds.get(sight) ?? this.sightIds.size;
    this.sightIds.set(sight, sightId);
    return `${sightId} ${[...topics.keys()].sort().join('\n')}`;
  }
}

/** Audiences that are told the very same, which is written once for all of them. */
export interface Alike<Member> {
  readonly audiences: readonly Audience<Member>[];
  readonly told: readonly LiveChange[];
}

/** Joins those that are told the same: the same projected changes. */
export function joinAlike<Member>(
  projected: ReadonlyMap<Audience<Member>, readonly LiveChange[]>,
): Iterable<Alike<Member>> {
  const ids = new Map<LiveChange, number>();
  const idOf = (change: LiveChange) => {
    const id = ids.get(change) ?? ids.size;
    ids.set(change, id);
    return id;
  };
  const alike = new Map<string, { audiences: Audience<Member>[]; told: readonly LiveChange[] }>();
  for (const [audience, told] of projected) {
    const key = told.map((change) => idOf(change)).join();
    const known = alike.get(key);
    if (known) known.audiences.push(audience);
    else alike.set(key, { audiences: [audience], told });
  }
  return alike.values();
}
