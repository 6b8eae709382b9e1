import { styled } from '@adminjs/design-system/styled-components';
import type { ActionJSON } from 'adminjs';
import React, { useEffect, useRef } from 'react';
import { PlainButton } from '../button.ts';
import { FormNotice } from '../form/record-form-styles.ts';
import { NARROW, token } from '../tokens.ts';
import { displayOfAction } from './action-display.ts';
import { ActionFields } from './action-fields.tsx';
import {
  type ActionOpening,
  type ActionOutcome,
  type ActionRefusal,
  postRecordAction,
} from './post-action.ts';
import { useActionForm } from './use-action-form.ts';
import { useOpening } from './use-opening.ts';

export interface ActionFormProps {
  readonly action: ActionJSON;
  readonly recordId: string;
  /** What the form opens with, where that is known already. */
  readonly opening?: ActionOpening | null;
  /** What a step sends besides its fields, such as the films to ship. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** Why the form cannot be sent yet. */
  readonly hint?: string | null;
  /** Shown above the fields. */
  renderExtra?(refusal: ActionRefusal | null): React.ReactNode;
  onOutcome(outcome: ActionOutcome): void;
  onCancel(): void;
}

/** The form of a step with one row: its question, its fields, and the refusal in words where there is one. */
export function ActionFormBody(props: ActionFormProps): React.ReactElement {
  const { action, recordId, extra, hint = null } = props;
  const { label, tone, fields, confirm } = displayOfAction(action);
  const post = (input: Readonly<Record<string, unknown>>) =>
    postRecordAction(action.resourceId, recordId, action.name, input);
  const opening = useOpening(action, recordId, props.opening);
  const { values, refusal, isBusy, change, submit } = useActionForm(post, opening?.values);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (refusal) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusal]);
  const send = async (event: React.FormEvent) => {
    event.preventDefault();
    const outcome = hint ? null : await submit(extra);
    if (outcome) props.onOutcome(outcome);
  };
  return (
    <Form ref={form} noValidate onSubmit={send} aria-busy={isBusy}>
      <div role="alert">{refusal ? <FormNotice className="error">{refusal.message}</FormNotice> : null}</div>
      <div role="status">
        {opening?.warning ? <FormNotice className="warning">{opening.warning}</FormNotice> : null}
      </div>
      {confirm ? <Question>{confirm}</Question> : null}
      {props.renderExtra?.(refusal)}
      <ActionFields
        fields={fields}
        suggestions={opening?.suggestions}
        values={values}
        errors={refusal?.fields ?? {}}
        onChange={change}
      />
      <FormButtons>
        {hint ? <Hint role="status">{hint}</Hint> : null}
        <PlainButton type="button" onClick={props.onCancel}>
          Not now
        </PlainButton>
        <PlainButton
          type="submit"
          className={tone === 'danger' ? 'danger primary' : 'primary'}
          disabled={isBusy || hint !== null}
        >
          {isBusy ? 'One moment…' : label}
        </PlainButton>
      </FormButtons>
    </Form>
  );
}

const Form = styled.form`
  display: flex;
  flex-direction: column;
  gap: 16px;

  & > [role='alert']:empty,
  & > [role='status']:empty {
    display: none;
  }
  & > [role='alert'] > div,
  & > [role='status'] > div {
    margin: 0;
  }
`;

const Question = styled.p`
  margin: 0;
  font-size: 14px;
  line-height: 20px;
`;

export const FormButtons = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 10px;
  align-items: center;
  justify-content: flex-end;
  margin-top: 4px;
`;

const Hint = styled.span`
  margin-right: auto;
  font-size: 13px;
  color: ${token.muted};

  ${NARROW} {
    flex-basis: 100%;
  }
`;
