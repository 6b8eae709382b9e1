import type { LiveTransaction, PresenceMode } from '../../live/protocol.ts';
import type { PeopleListener } from './presences.ts';

/** What a screen does with what is told of its topics. */
export interface TopicListener {
  /** Called for each transaction once, in commit order, with the topics' changes alone. */
  onTransaction(transaction: LiveTransaction): void;
  /** What is shown may be out of date, and cannot be mended by what follows: read it anew. */
  onResync(reason: string): void;
  /**
   * From now on everything is told: at first and after each reconnect. Who subscribed without a cursor and read
   * something before, reads it again.
   */
  onLive?(): void;
}

export type LivePhase = 'connecting' | 'live' | 'catching-up' | 'offline' | 'panel-only' | 'signed-out';

export interface LiveState {
  readonly phase: LivePhase;
  readonly lagMs: number;
}

/** The page's one socket, shared by everything on it; reconnects by itself and tells each topic from where it left. */
export interface LiveConnection {
  readonly state: LiveState;
  /** When the server said anything last, a sign of life included; in ms since 1970, null: never. */
  readonly heardAtMs: number | null;
  onState(listener: (state: LiveState) => void): () => void;
  /**
   * Begins to listen to one topic or several, from a cursor or from now on; returns how to end it. Of several topics,
   * each transaction comes whole: once, with the changes of all of them.
   */
  subscribe(topics: string | readonly string[], listener: TopicListener, since?: string): () => void;
  /**
   * Tells others that a record (`<table>:<record id>`) is open, and hears who else has it open; returns how to end it.
   */
  attend(topic: string, mode: PresenceMode, listener: PeopleListener): () => void;
  /** Closes the socket for good. */
  close(): void;
}
