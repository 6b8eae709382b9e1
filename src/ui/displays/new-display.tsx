import { styled } from '@adminjs/design-system/styled-components';
import type { ActionProps } from 'adminjs';
import React, { useId, useState } from 'react';
import { displayOfAction } from '../action/action-display.ts';
import { PageHead } from '../action/page-head.tsx';
import { Card, Page } from '../action/page-styles.ts';
import { postPage } from '../action/post-action.ts';
import { useActionForm } from '../action/use-action-form.ts';
import { PlainButton } from '../button.ts';
import { FormNotice } from '../form/record-form-styles.ts';
import { siteUrl } from '../site-url.ts';
import { token } from '../tokens.ts';
import { OnceShownLink } from './once-shown-link.tsx';

/** Makes a link that shows the wallboard on a screen, and shows it: this once. */
export default function NewDisplay({ resource, action }: ActionProps): React.ReactElement {
  const [path, setPath] = useState<string | null>(null);
  return (
    <Page>
      <PageHead resource={resource} title={displayOfAction(action).label} />
      <Card>
        {path === null ? (
          <NameForm resourceId={resource.id} actionName={action.name} onMade={setPath} />
        ) : (
          <OnceShownLink address={window.location.origin + siteUrl(path)} onDone={() => setPath(null)} />
        )}
      </Card>
    </Page>
  );
}

interface NameFormProps {
  readonly resourceId: string;
  readonly actionName: string;
  onMade(path: string): void;
}

function NameForm({ resourceId, actionName, onMade }: NameFormProps): React.ReactElement {
  const { values, refusal, isBusy, change, submit } = useActionForm((input) =>
    postPage(resourceId, actionName, input),
  );
  const id = useId();
  const make = async (event: React.FormEvent) => {
    event.preventDefault();
    const outcome = await submit();
    if (outcome?.ok) onMade((outcome.data as { path: string }).path);
  };
  const problem = refusal?.fields.name ?? refusal?.message;
  return (
    <Form onSubmit={make} noValidate aria-busy={isBusy}>
      <p>
        A display shows the <a href={siteUrl('/live-board')}>wallboard</a> and can do nothing else: it sees no
        customer and cannot open the panel.
      </p>
      <div role="alert">{problem ? <FormNotice className="error">{problem}</FormNotice> : null}</div>
      <label htmlFor={id}>Name of the screen</label>
      <input
        id={id}
        value={values.name ?? ''}
        onChange={({ target }) => change('name', target.value)}
        placeholder="Television in the packing hall"
        maxLength={120}
        autoComplete="off"
        required
      />
      <PlainButton type="submit" className="primary" disabled={isBusy}>
        {isBusy ? 'Making…' : 'Make the link'}
      </PlainButton>
    </Form>
  );
}

const Form = styled.form`
  display: flex;
  flex-direction: column;
  gap: 12px;
  align-items: flex-start;
  max-width: 560px;

  & p {
    margin: 0;
    color: ${token.muted};
  }
  & p a {
    color: ${token.link};
  }
  & label {
    margin-bottom: -8px;
    font-weight: 600;
  }
  & input {
    box-sizing: border-box;
    width: 100%;
    min-height: 36px;
    padding: 6px 10px;
    border: 1px solid ${token.lineStrong};
    border-radius: ${token.radius};
    background: ${token.surface};
    color: inherit;
    font: inherit;
  }
`;
