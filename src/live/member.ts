import type { Socket } from 'socket.io';
import type { Attendant } from './attendance.ts';
import type { Audience } from './audiences.ts';
import type { Login, LoginSource } from './logins.ts';
import type { OutgoingQueue } from './outgoing-queue.ts';
import type { Topic } from './topics.ts';
import type { Sight } from './visibility.ts';

/** A socket that is connected, and what it listens to. */
export interface Member {
  readonly socket: Socket;
  readonly source: LoginSource;
  readonly sight: Sight;
  readonly queue: OutgoingQueue;
  readonly topics: Map<string, Topic>;
  /** As whom it has records open; null: it is nobody's account. */
  readonly attendant: Attendant | null;
  login: Login;
  /** Null: it listens to nothing, or its network takes nothing. */
  audience: Audience<Member> | null;
  isStalled: boolean;
}
