import type { LiveTransaction } from '../../live/protocol.ts';

/** What one subscription has of one topic. */
export interface TopicShare {
  /** Up to where it has been told; null: from the first answer on. */
  cursor: string | null;
  /** Whether everything after `cursor` comes by itself. */
  isLive: boolean;
  /** Takes a transaction with the topic's changes alone. */
  take(transaction: LiveTransaction): void;
  /** Something was missed for good. */
  lose(reason: string): void;
}
