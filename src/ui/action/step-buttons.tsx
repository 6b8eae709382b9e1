import { Button } from '@adminjs/design-system';
import { styled } from '@adminjs/design-system/styled-components';
import { ActionButton, type ActionJSON, type RecordJSON, type ResourceJSON } from 'adminjs';
import React from 'react';
import { NARROW } from '../tokens.ts';
import { buttonLook, displayOfAction } from './action-display.ts';

export interface StepButtonsProps {
  readonly resource: ResourceJSON;
  readonly record: RecordJSON;
  readonly steps: readonly ActionJSON[];
  onStep(action: ActionJSON): void;
}

/** A button for each step that is possible now, and the table's own ways to edit and delete the row. */
export function StepButtons({ resource, record, steps, onStep }: StepButtonsProps): React.ReactElement {
  const own = record.recordActions.filter(({ name }) => name === 'edit' || name === 'delete');
  return (
    <Buttons>
      {steps.map((action) => (
        <Button
          key={action.name}
          size="sm"
          {...buttonLook(displayOfAction(action).tone)}
          onClick={() => onStep(action)}
        >
          {displayOfAction(action).label}
        </Button>
      ))}
      {own.map((action) => (
        <ActionButton key={action.name} action={action} resourceId={resource.id} recordId={record.id}>
          <Button as="a" size="sm" variant="text">
            {action.name === 'edit' ? 'Edit' : 'Delete'}
          </Button>
        </ActionButton>
      ))}
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
