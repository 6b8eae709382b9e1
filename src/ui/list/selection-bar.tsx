import { styled } from '@adminjs/design-system/styled-components';
import { type ActionJSON, ViewHelpers } from 'adminjs';
import React from 'react';
import { DocumentLinks } from '../action/document-links.tsx';
import { stateOf } from '../action/use-selected-ids.ts';
import { ButtonLink, PlainButton } from '../button.ts';
import { formatInteger } from '../format.ts';
import { token } from '../tokens.ts';
import type { Selection } from './use-selection.ts';

/** How many rows are selected and what can be done with them. */
export function SelectionBar({
  resourceId,
  selection,
  actionLabel,
}: {
  resourceId: string;
  selection: Selection;
  actionLabel(action: ActionJSON): string;
}): React.ReactElement {
  const href = ({ name }: ActionJSON) => new ViewHelpers().bulkActionUrl({ resourceId, actionName: name });
  const isDanger = ({ name, variant }: ActionJSON) => name === 'bulkDelete' || variant === 'danger';
  return (
    <Bar role="region" aria-label="Selection">
      <strong>{formatInteger(selection.ids.length)} selected</strong>
      {selection.actions.map((action) => (
        <ButtonLink
          key={action.name}
          to={href(action)}
          state={stateOf(selection.ids)}
          className={isDanger(action) ? 'danger' : undefined}
        >
          {action.name === 'bulkDelete' ? 'Delete' : actionLabel(action)}
        </ButtonLink>
      ))}
      <DocumentLinks resourceId={resourceId} documents={selection.documents} recordIds={selection.ids} />
      <PlainButton type="button" onClick={selection.clear}>
        Clear selection
      </PlainButton>
    </Bar>
  );
}

const Bar = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  align-items: center;
  padding: 8px 16px;
  font-size: 14px;
  background: ${token.selected};
  border-bottom: 1px solid ${token.line};

  & strong {
    margin-right: 8px;
    font-weight: 600;
  }
`;
