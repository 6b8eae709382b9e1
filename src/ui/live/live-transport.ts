import type { SubscribeAnswer, SubscribeRequest } from '../../live/protocol.ts';

/** How the topics reach the server; answers come in the order of what the server sends. */
export interface LiveTransport {
  /** `done` is given null where no answer came in time. */
  subscribe(request: SubscribeRequest, done: (answer: SubscribeAnswer | null) => void): void;
  unsubscribe(topic: string): void;
  /** Runs something after a short wait that differs from page to page. */
  later(run: () => void): void;
}
