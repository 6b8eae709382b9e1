import { styled } from '@adminjs/design-system/styled-components';
import { type ActionProps, useNotice, ViewHelpers } from 'adminjs';
import React, { useState } from 'react';
import { useNavigate } from 'react-router';
import { PageHead } from '../action/page-head.tsx';
import { Card, Page } from '../action/page-styles.ts';
import { postBulkDelete } from '../action/post-action.ts';
import { ButtonLink, PlainButton } from '../button.ts';
import { token } from '../tokens.ts';
import { TextLink } from '../value/value.tsx';
import { Refusal } from './delete-dialog.tsx';

/** The page that lists the rows about to be deleted and asks once more. All of them go, or none. */
export default function BulkDeleteAction({
  resource,
  records = [],
  action,
}: ActionProps): React.ReactElement {
  const [isBusy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const navigate = useNavigate();
  const addNotice = useNotice();
  const views = new ViewHelpers();
  const listUrl = views.resourceUrl({ resourceId: resource.id });
  const remove = async () => {
    setBusy(true);
    const outcome = await postBulkDelete(
      resource.id,
      action.name,
      records.map(({ id }) => id),
    );
    setBusy(false);
    if (!outcome.ok) return setRefusal(outcome.message);
    addNotice({ message: outcome.message, type: 'success' });
    navigate(listUrl);
  };
  const title = records.length === 1 ? 'Delete 1 row?' : `Delete ${records.length} rows?`;
  return (
    <Page>
      <PageHead resource={resource} title={title} about="This cannot be undone." />
      <Card>
        {refusal ? <Refusal role="alert">{refusal}</Refusal> : null}
        <Titles>
          {records.map(({ id, title: name }) => (
            <li key={id}>
              <TextLink
                to={views.recordActionUrl({ resourceId: resource.id, recordId: id, actionName: 'show' })}
              >
                {name}
              </TextLink>
            </li>
          ))}
        </Titles>
        <Buttons>
          <ButtonLink to={listUrl}>Cancel</ButtonLink>
          <PlainButton type="button" className="danger primary" disabled={isBusy} onClick={remove}>
            {isBusy ? 'Deleting…' : `Delete ${records.length}`}
          </PlainButton>
        </Buttons>
      </Card>
    </Page>
  );
}

const Titles = styled.ul`
  max-height: 50vh;
  margin: 0 0 16px;
  padding: 0;
  overflow-y: auto;
  list-style: none;

  & > li {
    padding: 7px 0;
    border-bottom: 1px solid ${token.line};
  }
`;

const Buttons = styled.div`
  display: flex;
  gap: 8px;
  justify-content: flex-end;
`;
