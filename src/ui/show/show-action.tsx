import { styled } from '@adminjs/design-system/styled-components';
import {
  type ActionJSON,
  type ActionProps,
  BasePropertyComponent,
  type RecordJSON,
  useTranslation,
  ViewHelpers,
} from 'adminjs';
import React, { useState } from 'react';
import { useNavigate } from 'react-router';
import { findAbout, findDocuments } from '../action/action-display.ts';
import { DocumentLinks } from '../action/document-links.tsx';
import { PageHead } from '../action/page-head.tsx';
import { Card, Page } from '../action/page-styles.ts';
import { useRecordPage } from '../action/use-record-page.ts';
import { ButtonLink, PlainButton } from '../button.ts';
import { ChangeFlash } from '../live/flash.tsx';
import { own } from '../own.ts';
import { displayOf } from '../property-display.ts';
import { NARROW, token } from '../tokens.ts';
import { DeleteDialog } from './delete-dialog.tsx';
import { DeletionNotice } from './deletion-notice.tsx';

/** A row's page: its title, what can be done with it, and its columns. */
export default function ShowAction({ resource, record }: ActionProps): React.ReactElement | null {
  return record ? <RecordDetails key={record.id} resource={resource} initial={record} /> : null;
}

function RecordDetails({
  resource,
  initial,
}: Pick<ActionProps, 'resource'> & { initial: RecordJSON }): React.ReactElement {
  const { record, changes, deletion } = useRecordPage(resource, initial);
  const [isDeleting, setDeleting] = useState(false);
  const navigate = useNavigate();
  const { translateAction } = useTranslation();
  const views = new ViewHelpers();
  const href = ({ name }: ActionJSON) =>
    views.recordActionUrl({ resourceId: resource.id, recordId: record.id, actionName: name });
  const may = (wanted: string) => record.recordActions.some(({ name }) => name === wanted);
  const others = record.recordActions.filter(({ name }) => !['show', 'edit', 'delete'].includes(name));
  const edit = record.recordActions.find(({ name }) => name === 'edit');
  return (
    <Page>
      <PageHead
        resource={resource}
        title={record.title}
        about={findAbout(record.recordActions)}
        presence={{ recordId: record.id, mode: 'viewing' }}
      >
        <Buttons hidden={deletion !== null}>
          {others.map((action) => (
            <ButtonLink key={action.name} to={href(action)}>
              {translateAction(action.label, resource.id)}
            </ButtonLink>
          ))}
          {may('delete') ? (
            <PlainButton type="button" className="danger" onClick={() => setDeleting(true)}>
              Delete
            </PlainButton>
          ) : null}
          {edit ? (
            <ButtonLink className="primary" to={href(edit)}>
              Edit
            </ButtonLink>
          ) : null}
        </Buttons>
      </PageHead>
      <DeletionNotice deletion={deletion} singular="row" />
      <DocumentLinks
        resourceId={resource.id}
        documents={findDocuments(record)}
        recordIds={deletion ? [] : [record.id]}
      />
      <Card>
        <Columns>
          {resource.showProperties.map((property) => (
            <div key={property.name} className={displayOf(property).kind === 'longtext' ? 'wide' : undefined}>
              <dt>{displayOf(property).label}</dt>
              <dd>
                <ChangeFlash count={own(changes, property.name)} />
                <BasePropertyComponent where="show" property={property} resource={resource} record={record} />
              </dd>
            </div>
          ))}
        </Columns>
      </Card>
      {isDeleting ? (
        <DeleteDialog
          resourceId={resource.id}
          record={record}
          onDeleted={() => navigate(views.resourceUrl({ resourceId: resource.id }))}
          onCancel={() => setDeleting(false)}
        />
      ) : null}
    </Page>
  );
}

const Buttons = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 8px;

  &[hidden] {
    display: none;
  }
`;

const Columns = styled.dl`
  display: grid;
  grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
  gap: 0 40px;
  margin: 0;

  & > div {
    padding: 10px 0;
    border-bottom: 1px solid ${token.line};
  }
  & > .wide {
    grid-column: 1 / -1;
  }
  & dt {
    font-size: 12px;
    line-height: 18px;
    color: ${token.muted};
  }
  & dd {
    position: relative;
    margin: 0;
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  ${NARROW} {
    grid-template-columns: minmax(0, 1fr);
  }
`;
