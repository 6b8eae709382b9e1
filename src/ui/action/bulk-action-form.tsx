import { type ActionJSON, type ActionProps, ViewHelpers } from 'adminjs';
import React, { useEffect, useState } from 'react';
import { PlainButton } from '../button.ts';
import { FormNotice } from '../form/record-form-styles.ts';
import { useCancel } from '../form/use-cancel.ts';
import { type ActionFieldDisplay, displayOfAction } from './action-display.ts';
import { ActionFields, type ActionValues } from './action-fields.tsx';
import { FormButtons } from './action-form-body.tsx';
import { BulkProgress, BulkResults } from './bulk-results.tsx';
import { DocumentLinks } from './document-links.tsx';
import { createIdempotencyKey } from './idempotency-key.ts';
import { PageHead } from './page-head.tsx';
import { Card, Page } from './page-styles.ts';
import type { RowValues } from './paste-column.ts';
import { PerRowFields } from './per-row-fields.tsx';
import { type ActionOpening, loadBulkOpening } from './post-action.ts';
import { useBulkRun } from './use-bulk-run.ts';
import { useSelectedIds } from './use-selected-ids.ts';

/** A step with many selected rows: its fields, what would happen, then what happened to each. */
export default function BulkActionForm({ action, resource, records }: ActionProps): React.ReactElement {
  const { label, tone, fields, confirm, documents = [] } = displayOfAction(action);
  const recordIds = useSelectedIds();
  const [typed, setValues] = useState<ActionValues>({});
  const [rowValues, setRowValues] = useState<Readonly<Record<string, RowValues>>>({});
  const opening = useBulkOpening(action, recordIds);
  const values = { ...opening.values, ...typed };
  const [idempotencyKey] = useState(createIdempotencyKey);
  const listUrl = new ViewHelpers().resourceUrl({ resourceId: resource.id });
  const leave = useCancel(listUrl);
  const input = { ...values, ...emptyRows(fields), ...rowValues, idempotencyKey };
  const task = { resourceId: resource.id, actionName: action.name, recordIds, input };
  const bulk = useBulkRun(task);
  const change = (name: string, value: string) => {
    setValues({ ...typed, [name]: value });
    bulk.reset();
  };
  const changeRows = (name: string, ofRows: RowValues) => {
    setRowValues({ ...rowValues, [name]: ofRows });
    bulk.reset();
  };
  const errors = bulk.refusal?.fields ?? {};
  const count = bulk.preview?.filter(({ ok }) => ok).length ?? 0;
  const send = (event: React.FormEvent) => {
    event.preventDefault();
    return bulk.preview ? bulk.run() : bulk.look();
  };
  return (
    <Page>
      <PageHead
        resource={resource}
        title={`${label}: ${recordIds.length} selected`}
        about={confirm ?? 'First you see what would happen. Nothing is done before you say so.'}
      />
      <Card as="form" noValidate onSubmit={send} aria-busy={bulk.isBusy}>
        <div role="alert">
          {bulk.refusal ? <FormNotice className="error">{bulk.refusal.message}</FormNotice> : null}
        </div>
        {bulk.finished ? null : (
          <>
            <ActionFields
              fields={fields.filter(({ perRow }) => !perRow)}
              suggestions={opening.suggestions}
              values={values}
              errors={errors}
              onChange={change}
            />
            {fields
              .filter(({ perRow }) => perRow)
              .map((field) => (
                <PerRowFields
                  key={field.name}
                  field={field}
                  rowIds={recordIds}
                  nameOf={(id) => records?.find((record) => record.id === id)?.title ?? id}
                  values={rowValues[field.name] ?? {}}
                  errors={Object.fromEntries(
                    recordIds.flatMap((id) => {
                      const error = errors[`${field.name}.${id}`];
                      return error === undefined ? [] : [[id, error]];
                    }),
                  )}
                  onChange={(ofRows) => changeRows(field.name, ofRows)}
                />
              ))}
          </>
        )}
        {bulk.progress ? <BulkProgress done={bulk.progress.length} total={recordIds.length} /> : null}
        {bulk.finished || !bulk.preview ? null : (
          <BulkResults resource={resource} results={bulk.preview} isPreview />
        )}
        {bulk.finished ? <BulkResults resource={resource} results={bulk.finished} /> : null}
        <FormButtons>
          <PlainButton type="button" onClick={leave}>
            {bulk.finished ? 'Back to the list' : 'Not now'}
          </PlainButton>
          {bulk.finished ? null : (
            <PlainButton
              type="submit"
              className={bulk.preview && tone === 'danger' ? 'danger primary' : 'primary'}
              disabled={bulk.isBusy || (bulk.preview !== null && count === 0)}
            >
              {bulk.preview ? `${label} ${count} of ${recordIds.length}` : 'See what would happen'}
            </PlainButton>
          )}
        </FormButtons>
      </Card>
      <DocumentLinks resourceId={resource.id} documents={documents} recordIds={recordIds} />
    </Page>
  );
}

/** A field asked for each row is there, were all of them empty. */
function emptyRows(fields: readonly ActionFieldDisplay[]): Readonly<Record<string, RowValues>> {
  return Object.fromEntries(fields.filter(({ perRow }) => perRow).map(({ name }) => [name, {}]));
}

function useBulkOpening(action: ActionJSON, recordIds: readonly string[]): ActionOpening {
  const [opening, setOpening] = useState<ActionOpening>({});
  useEffect(() => {
    if (!displayOfAction(action).opens) return;
    loadBulkOpening(action.resourceId, action.name, recordIds).then(setOpening);
  }, []);
  return opening;
}
