import { connectLive } from './connect-live.ts';
import type { LiveConnection } from './live-connection.ts';

let shared: LiveConnection | null = null;

/** The page's own connection, opened by whoever asks for it first. */
export function liveConnection(): LiveConnection {
  shared ??= connectLive();
  return shared;
}
