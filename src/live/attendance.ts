import type { PresenceMessage, PresentPerson } from './protocol.ts';

/** A connection, as far as it can be present. */
export interface Attendant {
  readonly id: string;
  /** What it shares with others of the same session. */
  readonly sessionKey: string;
  readonly person: Omit<PresentPerson, 'mode'>;
  tell(message: PresenceMessage): void;
}

/** So many records can be open at once. */
export const MAX_RECORDS = { ofConnection: 20, ofSession: 100 };

/** Which records each connection has open, by their topics. */
export class Attendance {
  private readonly open = new Map<Attendant, Set<string>>();

  /** Whether a connection may have this record open. */
  admits(attendant: Attendant, topic: string): boolean {
    const open = this.open.get(attendant);
    if (open?.has(topic)) return true;
    let ofSession = 0;
    for (const [{ sessionKey }, { size }] of this.open)
      if (sessionKey === attendant.sessionKey) ofSession += size;
    return (open?.size ?? 0) < MAX_RECORDS.ofConnection && ofSession < MAX_RECORDS.ofSession;
  }

  add(attendant: Attendant, topic: string): void {
    this.open.set(attendant, (this.open.get(attendant) ?? new Set()).add(topic));
  }

  remove(attendant: Attendant, topic: string): void {
    const open = this.open.get(attendant);
    open?.delete(topic);
    if (open?.size === 0) this.open.delete(attendant);
  }

  /** Forgets a connection, and tells what it had open. */
  take(attendant: Attendant): readonly string[] {
    const open = [...(this.open.get(attendant) ?? [])];
    this.open.delete(attendant);
    return open;
  }

  clear(): void {
    this.open.clear();
  }
}
