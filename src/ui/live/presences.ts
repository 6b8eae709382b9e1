import type { PresenceMessage, PresenceMode, PresenceRequest, PresentPerson } from '../../live/protocol.ts';

export type PeopleListener = (people: readonly PresentPerson[]) => void;

interface Stay {
  readonly topic: string;
  readonly mode: PresenceMode;
  readonly listener: PeopleListener;
}

/** A page that is left for another of the same record is not left at all. */
const PAUSE_MS = 50;

/** The records that the page has open, told to the server: once each, whenever that changes, and after every break. */
export class Presences {
  private readonly send: (request: PresenceRequest) => void;
  private readonly stays = new Set<Stay>();
  private readonly told = new Map<string, PresenceMode>();
  private isConnected = false;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(send: (request: PresenceRequest) => void) {
    this.send = send;
  }

  connect(): void {
    this.isConnected = true;
    this.told.clear();
    this.tell();
  }

  /** The server forgets who is gone; nor does the page know any more who is there. */
  disconnect(): void {
    this.isConnected = false;
    this.told.clear();
    for (const { listener } of this.stays) listener([]);
  }

  take({ topic, people }: PresenceMessage): void {
    for (const stay of this.stays) if (stay.topic === topic) stay.listener(people);
  }

  /** See {@link LiveConnection.attend}. */
  attend(topic: string, mode: PresenceMode, listener: PeopleListener): () => void {
    const stay = { topic, mode, listener };
    this.stays.add(stay);
    this.tellSoon();
    return () => {
      this.stays.delete(stay);
      this.tellSoon();
    };
  }

  private tellSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.tell();
    }, PAUSE_MS);
  }

  private tell(): void {
    if (!this.isConnected) return;
    const wanted = new Map<string, PresenceMode>();
    for (const { topic, mode } of this.stays) if (wanted.get(topic) !== 'editing') wanted.set(topic, mode);
    for (const topic of this.told.keys()) if (!wanted.has(topic)) this.send({ topic, mode: 'away' });
    for (const [topic, mode] of wanted) if (this.told.get(topic) !== mode) this.send({ topic, mode });
    this.told.clear();
    for (const [topic, mode] of wanted) this.told.set(topic, mode);
  }
}
