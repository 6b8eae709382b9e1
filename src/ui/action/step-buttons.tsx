import { styled } from '@adminjs/design-system/styled-components';
import { type ActionJSON, type RecordJSON, type ResourceJSON, ViewHelpers } from 'adminjs';
import React, { useState } from 'react';
import { useNavigate } from 'react-router';
import { ButtonLink, PlainButton } from '../button.ts';
import { DeleteDialog } from '../show/delete-dialog.tsx';
import { NARROW } from '../tokens.ts';
import { buttonClass, displayOfAction } from './action-display.ts';

export interface StepButtonsProps {
  readonly resource: ResourceJSON;
  readonly record: RecordJSON;
  readonly steps: readonly ActionJSON[];
  onStep(action: ActionJSON): void;
}

/** A button for each step that is possible now, and the table's own ways to edit and delete the row. */
export function StepButtons({ resource, record, steps, onStep }: StepButtonsProps): React.ReactElement {
  const [isDeleting, setDeleting] = useState(false);
  const navigate = useNavigate();
  const views = new ViewHelpers();
  const has = (own: string) => record.recordActions.some(({ name }) => name === own);
  return (
    <Buttons>
      {steps.map((action) => (
        <PlainButton
          key={action.name}
          type="button"
          className={buttonClass(displayOfAction(action).tone)}
          onClick={() => onStep(action)}
        >
          {displayOfAction(action).label}
        </PlainButton>
      ))}
      {has('edit') ? <ButtonLink to={views.editUrl(resource.id, record.id)}>Edit</ButtonLink> : null}
      {has('delete') ? (
        <PlainButton type="button" className="danger" onClick={() => setDeleting(true)}>
          Delete
        </PlainButton>
      ) : null}
      {isDeleting ? (
        <DeleteDialog
          resourceId={resource.id}
          record={record}
          onDeleted={() => navigate(views.resourceUrl({ resourceId: resource.id }))}
          onCancel={() => setDeleting(false)}
        />
      ) : null}
    </Buttons>
  );
}

const Buttons = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  justify-content: flex-end;

  ${NARROW} {
    justify-content: flex-start;
  }
`;
