import { styled } from '@adminjs/design-system/styled-components';
import { type ResourceJSON, ViewHelpers } from 'adminjs';
import React from 'react';
import { token } from '../tokens.ts';
import { Badge } from '../value/badge.tsx';
import { TextLink } from '../value/value.tsx';
import { groupResults } from './bulk-run.ts';
import type { BulkResult } from './post-action.ts';

export interface BulkResultsProps {
  readonly resource: ResourceJSON;
  readonly results: readonly BulkResult[];
  readonly isPreview?: boolean;
}

/** What happened, or would happen, to each row: a sentence for all, then the rows by what became of them. */
export function BulkResults({ resource, results, isPreview = false }: BulkResultsProps): React.ReactElement {
  const done = results.filter(({ ok }) => ok).length;
  const refused = results.length - done;
  const summary = isPreview ? `${done} can be done, ${refused} cannot` : `${done} done, ${refused} refused`;
  return (
    <Results aria-live="polite">
      <strong>{summary}</strong>
      <ul>
        {groupResults(results).map(({ ok, message, ids }) => (
          <li key={`${ok} ${message}`}>
            <Badge tone={ok ? 'success' : 'danger'}>{ids.length}</Badge>
            <div>
              <p>{ok && isPreview ? `Afterwards: ${message}` : message}</p>
              <Ids>
                {ids.map((id) => (
                  <TextLink key={id} to={new ViewHelpers().showUrl(resource.id, id)}>
                    {id}
                  </TextLink>
                ))}
              </Ids>
            </div>
          </li>
        ))}
      </ul>
    </Results>
  );
}

/** How far a run has come. */
export function BulkProgress({ done, total }: { done: number; total: number }): React.ReactElement {
  return (
    <Progress>
      <progress max={total} value={done} aria-label="Progress" />
      <span role="status">
        {done} of {total}
      </span>
    </Progress>
  );
}

const Results = styled.div`
  margin-top: 16px;

  & > strong {
    font-size: 16px;
    font-weight: 600;
  }
  & ul {
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
  }
  & li {
    display: flex;
    gap: 12px;
    align-items: flex-start;
    padding: 10px 0;
    border-top: 1px solid ${token.line};
  }
  & li > :first-child {
    flex: none;
    min-width: 34px;
  }
  & p {
    margin: 0;
  }
`;

const Ids = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 2px 10px;
  font-size: 13px;
  font-variant-numeric: tabular-nums;
`;

const Progress = styled.div`
  display: flex;
  gap: 12px;
  align-items: center;
  margin-top: 16px;

  & progress {
    flex: 1;
    height: 8px;
    accent-color: ${token.accent};
  }
`;
