import { styled } from '@adminjs/design-system/styled-components';
import { type ActionProps, ApiClient, useNotice, ViewHelpers } from 'adminjs';
import React, { useState } from 'react';
import { useNavigate } from 'react-router';
import { PageHead } from '../action/page-head.tsx';
import { Card, Page } from '../action/page-styles.ts';
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
    const notice = await postBulkDelete(
      resource.id,
      action.name,
      records.map(({ id }) => id),
    );
    setBusy(false);
    if (notice.type === 'error') return setRefusal(notice.message);
    addNotice(notice);
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

interface DeleteNotice {
  readonly message: string;
  readonly type: 'success' | 'error';
}

async function postBulkDelete(
  resourceId: string,
  actionName: string,
  recordIds: string[],
): Promise<DeleteNotice> {
  try {
    const answer = await new ApiClient().bulkAction({ resourceId, actionName, recordIds, method: 'post' });
    const { notice } = answer.data as { notice?: DeleteNotice };
    return notice ?? { message: 'Deleted.', type: 'success' };
  } catch {
    return {
      message: 'The server could not be reached. Look at the list before you try again.',
      type: 'error',
    };
  }
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
