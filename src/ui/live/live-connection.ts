import type { LiveTransaction } from '../../live/protocol.ts';

/** What a screen does with what is told of a topic. */
export interface TopicListener {
  /** Called for each transaction once, in commit order, with the topic's changes alone. */
  onTransaction(transaction: LiveTransaction): void;
  /** What is shown may be out of date, and cannot be mended by what follows: read it anew. */
  onResync(reason: string): void;
}

export type LivePhase = 'connecting' | 'live' | 'catching-up' | 'offline' | 'panel-only' | 'signed-out';

export interface LiveState {
  readonly phase: LivePhase;
  readonly lagMs: number;
}

/** The page's one socket, shared by everything on it; reconnects by itself and tells each topic from where it left. */
export interface LiveConnection {
  readonly state: LiveState;
  onState(listener: (state: LiveState) => void): () => void;
  /**
   * Begins to listen to a topic, from a cursor or from now on; returns how to end it. From now on: subscribe first,
   * then read, so that nothing falls between.
   */
  subscribe(topic: string, listener: TopicListener, since?: string): () => void;
}
