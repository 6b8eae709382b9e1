import { useEffect, useRef } from 'react';
import type { TopicListener } from './live-connection.ts';
import { liveConnection } from './shared-connection.ts';

/** Listens to one topic or several while the component is shown, from now on; null: to none. */
export function useTopic(topics: string | readonly string[] | null, listener: TopicListener): void {
  const current = useRef(listener);
  current.current = listener;
  const key = topics === null ? null : JSON.stringify([topics].flat());
  useEffect(() => {
    if (key === null) return;
    const names: readonly string[] = JSON.parse(key);
    return liveConnection().subscribe(names, {
      onTransaction: (transaction) => current.current.onTransaction(transaction),
      onResync: (reason) => current.current.onResync(reason),
      onLive: () => current.current.onLive?.(),
    });
  }, [key]);
}
