import { type ActionProps, useNotice, ViewHelpers } from 'adminjs';
import React from 'react';
import { Navigate, useNavigate } from 'react-router';
import { useCancel } from '../form/use-cancel.ts';
import { displayOfAction } from './action-display.ts';
import { ActionFormBody } from './action-form-body.tsx';
import { PageHead } from './page-head.tsx';
import { Card, Page } from './page-styles.ts';
import type { ActionOutcome } from './post-action.ts';
import { STEP_PARAM } from './use-steps.tsx';

/** A step with one row as a page of its own, by its address. */
export default function ActionForm({ action, resource, record }: ActionProps): React.ReactElement | null {
  const navigate = useNavigate();
  const addNotice = useNotice();
  const recordId = record?.id ?? '';
  const showUrl = new ViewHelpers().showUrl(resource.id, recordId);
  const cancel = useCancel(showUrl);
  const finish = (outcome: ActionOutcome) => {
    if (!outcome.ok) return;
    addNotice({ message: outcome.message, type: 'success' });
    navigate(outcome.redirectUrl ?? showUrl);
  };
  if (!record) return null;
  if (displayOfAction(action).formOnPage)
    return <Navigate to={`${showUrl}?${STEP_PARAM}=${action.name}`} replace />;
  return (
    <Page>
      <PageHead resource={resource} title={`${displayOfAction(action).label}: ${record.title}`} />
      <Card>
        <ActionFormBody action={action} recordId={recordId} onOutcome={finish} onCancel={cancel} />
      </Card>
    </Page>
  );
}
