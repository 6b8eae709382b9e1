import type { Socket } from 'socket.io';
import { LIVE_NAMESPACE } from './protocol.ts';

/** What may wait for one socket's network before it counts as stalled. */
export interface QueueBounds {
  readonly messages: number;
  /** Characters, of which nearly each is a byte. */
  readonly bytes: number;
}

/** What engine.io keeps to itself, and tells by no other way. */
interface Connection {
  readonly writeBuffer: { readonly data?: unknown }[];
  readonly transport: Pick<Socket['conn']['transport'], 'once'>;
}

const EVENT_PREFIX = `2${LIVE_NAMESPACE},`;

/** What waits to be sent to one socket, kept account of without looking at it all. */
export class OutgoingQueue {
  private readonly connection: Connection;
  private readonly bounds: QueueBounds;
  /** The array that was counted last: the connection takes a new one whenever it hands the old one to the network. */
  private counted: readonly unknown[] = [];
  private countedLength = 0;
  private bytes = 0;

  constructor(socket: Socket, bounds: QueueBounds) {
    this.connection = socket.conn as unknown as Connection;
    this.bounds = bounds;
  }

  /** Whether more waits than may; to be asked after each message or few. */
  get isOverfull(): boolean {
    const { writeBuffer } = this.connection;
    if (this.counted !== writeBuffer || this.countedLength > writeBuffer.length) {
      this.counted = writeBuffer;
      this.countedLength = 0;
      this.bytes = 0;
    }
    for (; this.countedLength < writeBuffer.length; this.countedLength++)
      this.bytes += lengthOf(writeBuffer[this.countedLength]?.data);
    return writeBuffer.length > this.bounds.messages || this.bytes > this.bounds.bytes;
  }

  /** Forgets the events that wait; answers and signs of life stay. */
  drop(): void {
    const kept = this.connection.writeBuffer.filter(
      ({ data }) => !(typeof data === 'string' && data.startsWith(EVENT_PREFIX)),
    );
    this.connection.writeBuffer.splice(0, Number.POSITIVE_INFINITY, ...kept);
    this.counted = [];
  }

  /** Runs something once the network has taken all that was handed to it. */
  onceDrained(run: () => void): void {
    // Named 'ready' by the transport, which flushes what waited just before.
    this.connection.transport.once('ready', run);
  }
}

function lengthOf(data: unknown): number {
  return typeof data === 'string' || Buffer.isBuffer(data) ? data.length : 0;
}
