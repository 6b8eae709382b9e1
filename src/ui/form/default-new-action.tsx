import { type ActionProps, type ResourceJSON, useNotice, ViewHelpers } from 'adminjs';
import React, { useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { displayOf } from '../property-display.ts';
import { createNewForm, defaultFormValue, type FormValues, findChanged } from './form-values.ts';
import { formProperties, RecordForm } from './record-form.tsx';
import { saveRecord } from './save-record.ts';
import { useCancel } from './use-cancel.ts';
import { useFormState } from './use-form-state.ts';
import { useLeaveGuard } from './use-leave-guard.ts';

const urls = new ViewHelpers();

/** The page that adds a row, filled in with the columns' defaults and what the address says (`?movie_id=3`). */
export default function DefaultNewAction({ resource }: ActionProps): React.ReactElement {
  const { search } = useLocation();
  return <NewForm key={`${resource.id}${search}`} resource={resource} search={search} />;
}

function NewForm({ resource, search }: { resource: ResourceJSON; search: string }): React.ReactElement {
  const [prefilled] = useState(() => prefill(resource, new URLSearchParams(search)));
  const state = useFormState(prefilled);
  const isDirty = findChanged(state.values, prefilled).length > 0;
  const allowLeave = useLeaveGuard(isDirty);
  const navigate = useNavigate();
  const addNotice = useNotice();
  const listUrl = urls.resourceUrl({ resourceId: resource.id });
  const cancel = useCancel(listUrl);

  const save = async () => {
    const saved = await saveRecord(resource.id, null, createNewForm(state.values, prefilled));
    if (!saved.ok) return saved;
    allowLeave();
    if (saved.notice) addNotice(saved.notice);
    navigate(saved.redirectUrl ?? listUrl);
    return saved;
  };
  return <RecordForm resource={resource} state={state} isDirty={isDirty} save={save} cancel={cancel} isNew />;
}

function prefill(resource: ResourceJSON, given: URLSearchParams): FormValues {
  return Object.fromEntries(
    formProperties(resource, true).map((property) => [
      property.propertyPath,
      given.get(property.propertyPath) ?? defaultFormValue(displayOf(property)),
    ]),
  );
}
