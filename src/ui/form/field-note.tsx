import { styled } from '@adminjs/design-system/styled-components';
import { type BasePropertyJSON, useCurrentAdmin } from 'adminjs';
import React from 'react';
import { PlainButton } from '../button.ts';
import type { ColumnDisplay } from '../column-display.ts';
import { formatDateTime } from '../format.ts';
import { describeAuthor } from '../live/describe-author.ts';
import { ChangeFlash } from '../live/flash.tsx';
import { own } from '../own.ts';
import { describeValue, displayOf } from '../property-display.ts';
import { tint, token } from '../tokens.ts';
import { clip } from '../value/long-text.ts';
import type { Conflict, EditEvent, EditState } from './edit-state.ts';
import { useReferenceTitle } from './use-reference-search.ts';

export interface FieldNoteProps {
  readonly property: BasePropertyJSON;
  readonly state: EditState;
  dispatch(event: EditEvent): void;
}

/** What others did to a field while its form is open: shown on it, and left to the person to decide where both wrote. */
export function FieldNote({ property, state, dispatch }: FieldNoteProps): React.ReactElement {
  const { name } = property;
  const conflict = own(state.conflicts, name);
  return (
    <div aria-live="polite">
      <ChangeFlash count={own(state.refreshed, name)} />
      {conflict && state.deletion === null ? (
        <Warning>
          <ConflictText conflict={conflict} display={displayOf(property)} />
          <div>
            <PlainButton type="button" onClick={() => dispatch({ type: 'keep_mine', name })}>
              Keep mine
            </PlainButton>
            <PlainButton type="button" onClick={() => dispatch({ type: 'take_theirs', name })}>
              Take theirs
            </PlainButton>
          </div>
        </Warning>
      ) : null}
    </div>
  );
}

function ConflictText({ conflict, display }: { conflict: Conflict; display: ColumnDisplay }) {
  const [account] = useCurrentAdmin();
  const by = describeAuthor(conflict.author, account?.id);
  const value = conflict.value === null ? null : String(conflict.value);
  return (
    <span>
      {display.label} was{' '}
      {value === null || value === '' ? (
        'emptied'
      ) : (
        <>
          changed to{' '}
          <strong>
            {display.reference ? (
              <ReferenceTitle reference={display.reference} value={value} />
            ) : (
              describeInWords(display, value)
            )}
          </strong>
        </>
      )}{' '}
      {by} while you were editing.
    </span>
  );
}

function ReferenceTitle({
  reference,
  value,
}: {
  reference: NonNullable<ColumnDisplay['reference']>;
  value: string;
}) {
  return <>{useReferenceTitle(reference, value, null).title || value}</>;
}

function describeInWords(display: ColumnDisplay, value: string): string {
  return display.columnKind === 'datetime' ? formatDateTime(value) : clip(describeValue(display, value));
}

const Warning = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 8px 12px;
  align-items: center;
  justify-content: space-between;
  margin-top: 6px;
  padding: 8px 10px;
  font-size: 13px;
  line-height: 18px;
  color: ${token.ink};
  background: ${tint(token.warning, 12)};
  border-left: 3px solid ${token.warning};
  border-radius: 4px;

  & > span {
    flex: 1 1 180px;
    overflow-wrap: anywhere;
  }
  & > div {
    display: flex;
    gap: 8px;
  }
  & button {
    min-height: 30px;
    padding: 0 10px;
    font-size: 13px;
  }
`;
