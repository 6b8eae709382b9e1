import { styled } from '@adminjs/design-system/styled-components';
import type { ActionJSON } from 'adminjs';
import React, { useId } from 'react';
import { Card } from '../action/page-styles.ts';
import { type ActionOutcome, postRecordAction } from '../action/post-action.ts';
import { useActionForm } from '../action/use-action-form.ts';
import { PlainButton } from '../button.ts';
import { FieldError, Label, TextArea } from '../form/field-styles.ts';
import { humanizeValue } from '../format.ts';
import { token } from '../tokens.ts';
import { Timestamp } from '../value/timestamp.tsx';
import type { TimelineEntry } from './order-view.ts';

export interface OrderTimelineProps {
  readonly entries: readonly TimelineEntry[];
  readonly recordId: string;
  /** The step that adds a note, where the person may. */
  readonly note: ActionJSON | undefined;
  onOutcome(outcome: ActionOutcome): void;
}

/** Everything that happened to an order, oldest first, and a box for a note. */
export function OrderTimeline({
  entries,
  recordId,
  note,
  onOutcome,
}: OrderTimelineProps): React.ReactElement {
  return (
    <Card aria-label="Timeline">
      <h2>Timeline</h2>
      <Entries>
        {entries.map(({ at, actor, action, sentence }, index) => (
          <li key={`${at} ${index}`} className={action}>
            <p>{sentence}</p>
            <small>
              <Timestamp iso={at} short /> · {actor ? actor.name : 'another program'}
            </small>
          </li>
        ))}
      </Entries>
      {note ? <NoteBox key={entries.length} note={note} recordId={recordId} onOutcome={onOutcome} /> : null}
    </Card>
  );
}

function NoteBox({
  note,
  recordId,
  onOutcome,
}: {
  note: ActionJSON;
  recordId: string;
  onOutcome(outcome: ActionOutcome): void;
}): React.ReactElement {
  const id = useId();
  const form = useActionForm((input) => postRecordAction(note.resourceId, recordId, note.name, input));
  const send = async (event: React.SyntheticEvent) => {
    event.preventDefault();
    const outcome = await form.submit();
    if (outcome) onOutcome(outcome);
  };
  const pressKey = (event: React.KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(event);
  };
  const error = form.refusal?.fields.note ?? form.refusal?.message;
  return (
    <NoteForm onSubmit={send}>
      <Label htmlFor={id}>Note</Label>
      <TextArea
        id={id}
        rows={2}
        placeholder="For whoever works on this order next"
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-error`}
        value={form.values.note ?? ''}
        onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => form.change('note', event.target.value)}
        onKeyDown={pressKey}
      />
      {error ? <FieldError id={`${id}-error`}>{humanizeValue(error)}</FieldError> : null}
      <PlainButton type="submit" disabled={form.isBusy}>
        Add note
      </PlainButton>
    </NoteForm>
  );
}

const Entries = styled.ol`
  margin: 0;
  padding: 0;
  list-style: none;

  & li {
    position: relative;
    padding: 0 0 14px 20px;
  }
  & li::before {
    content: '';
    position: absolute;
    top: 6px;
    left: 1px;
    width: 8px;
    height: 8px;
    background: ${token.surface};
    border: 2px solid ${token.lineStrong};
    border-radius: 50%;
  }
  & li:last-child::before {
    background: ${token.accent};
    border-color: ${token.accent};
  }
  & li:not(:last-child)::after {
    content: '';
    position: absolute;
    top: 20px;
    bottom: -4px;
    left: 6px;
    width: 2px;
    background: ${token.line};
  }
  & p {
    margin: 0;
    overflow-wrap: anywhere;
    white-space: pre-line;
  }
  & small {
    font-size: 12px;
    color: ${token.muted};
  }
`;

const NoteForm = styled.form`
  display: flex;
  flex-direction: column;
  gap: 8px;
  align-items: flex-start;
  padding-top: 12px;
  border-top: 1px solid ${token.line};

  & > label {
    margin: 0;
  }
  & > textarea {
    min-height: 60px;
  }
`;
