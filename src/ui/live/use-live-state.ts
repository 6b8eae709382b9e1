import { useSyncExternalStore } from 'react';
import type { LiveState } from './live-connection.ts';
import { liveConnection } from './shared-connection.ts';

const listen = (listener: () => void) => liveConnection().onState(listener);

/** How the page's connection is at this moment. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(listen, () => liveConnection().state);
}
