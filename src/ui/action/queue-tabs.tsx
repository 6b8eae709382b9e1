import { styled } from '@adminjs/design-system/styled-components';
import { ApiClient, type ResourceJSON, ViewHelpers } from 'adminjs';
import React, { useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { Link } from 'react-router-dom';
import { formatCount } from '../format.ts';
import { RESYNC_PACE } from '../live/paced-run.ts';
import { usePaced } from '../live/use-paced.ts';
import { useReadings } from '../live/use-readings.ts';
import { useTopic } from '../live/use-topic.ts';
import { token } from '../tokens.ts';
import { findActiveQueue, hasFilters, type Queue, queueSearch } from './queue.ts';

const PACE = { afterMs: 800, everyMs: 5_000 };

/** Ready-made filters of a table with how many rows each holds; nothing where the table has none. */
export function QueueTabs({ resource }: { resource: ResourceJSON }): React.ReactElement | null {
  const { search } = useLocation();
  const [queues, setQueues] = useState<readonly Queue[]>([]);
  const [counting, count] = useReadings<null>();
  const paced = usePaced(() => count(null));
  const hasQueues = resource.actions.some(({ name }) => name === 'queues');
  useTopic(hasQueues ? resource.id : null, {
    onTransaction: () => paced.ask(PACE),
    onResync: () => paced.ask(RESYNC_PACE),
  });
  useEffect(() => {
    if (!hasQueues) return setQueues([]);
    let isLatest = true;
    new ApiClient()
      .resourceAction({ resourceId: resource.id, actionName: 'queues' })
      .then(
        ({ data }) => isLatest && setQueues((data as unknown as { queues?: Queue[] }).queues ?? []),
        // The list works without its tabs, and with counts of a moment ago.
        () => undefined,
      )
      .finally(() => counting?.end());
    return () => {
      isLatest = false;
    };
  }, [resource.id, hasQueues, search, counting]);
  if (queues.length === 0) return null;
  const active = findActiveQueue(queues, search);
  const url = (query = '') => new ViewHelpers().resourceUrl({ resourceId: resource.id, search: query });
  const current = (isCurrent: boolean) => (isCurrent ? 'page' : undefined);
  return (
    <Tabs aria-label="Work queues">
      <Tab to={url()} aria-current={current(!hasFilters(search))}>
        All
      </Tab>
      {queues.map((queue) => (
        <Tab key={queue.name} to={url(queueSearch(queue))} aria-current={current(queue === active)}>
          {queue.label}
          <Count className={queue.count > 0 ? queue.tone : 'neutral'}>{formatCount(queue.count)}</Count>
        </Tab>
      ))}
    </Tabs>
  );
}

const Tabs = styled.nav`
  display: flex;
  gap: 4px;
  margin: 0 0 12px;
  overflow-x: auto;
  border-bottom: 1px solid ${token.line};
`;

const Tab = styled(Link)`
  display: inline-flex;
  flex-shrink: 0;
  gap: 8px;
  align-items: center;
  padding: 8px 12px;
  font-size: 14px;
  line-height: 20px;
  color: ${token.muted};
  text-decoration: none;
  border-bottom: 2px solid transparent;
  border-radius: 6px 6px 0 0;

  &:hover {
    color: ${token.ink};
    background: ${token.hover};
  }
  &:focus-visible {
    outline-offset: -2px;
  }
  &[aria-current] {
    font-weight: 600;
    color: ${token.ink};
    border-bottom-color: ${token.accent};
  }
`;

const Count = styled.span`
  min-width: 20px;
  padding: 0 6px;
  font-size: 12px;
  font-variant-numeric: tabular-nums;
  font-weight: 600;
  line-height: 18px;
  text-align: center;
  color: ${token.ink};
  background: ${token.line};
  border-radius: 9px;

  &.warning {
    color: ${token.surface};
    background: ${token.warning};
  }
  &.danger {
    color: ${token.surface};
    background: ${token.danger};
  }
`;
