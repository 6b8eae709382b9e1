import { type ActionProps, type RecordJSON, type ResourceJSON, useNotice, ViewHelpers } from 'adminjs';
import React, { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { displayOf } from '../property-display.ts';
import { createEditForm, type FormValues, findChanged, toFormValue } from './form-values.ts';
import { RecordForm } from './record-form.tsx';
import { loadRecord, saveRecord } from './save-record.ts';
import { useCancel } from './use-cancel.ts';
import { useFormState } from './use-form-state.ts';
import { useLeaveGuard } from './use-leave-guard.ts';

const urls = new ViewHelpers();

/** The page that edits a row: it writes only what was changed, against what was read of it. */
export default function DefaultEditAction({ record, resource }: ActionProps): React.ReactElement | null {
  return record ? <EditForm key={record.id} initial={record} resource={resource} /> : null;
}

function EditForm({
  initial,
  resource,
}: {
  initial: RecordJSON;
  resource: ResourceJSON;
}): React.ReactElement {
  const [source, setSource] = useState(initial);
  const before = useMemo(() => toFormValues(source, resource), [source, resource]);
  const state = useFormState(before, source);
  const changed = findChanged(state.values, before);
  const allowLeave = useLeaveGuard(changed.length > 0);
  const navigate = useNavigate();
  const addNotice = useNotice();
  const showUrl = urls.recordActionUrl({ resourceId: resource.id, recordId: source.id, actionName: 'show' });
  const cancel = useCancel(showUrl);

  const save = async () => {
    const form = createEditForm(state.values, source.params, changed);
    const saved = await saveRecord(resource.id, source.id, form);
    if (!saved.ok) return saved;
    allowLeave();
    if (saved.notice) addNotice(saved.notice);
    navigate(saved.redirectUrl ?? showUrl);
    return saved;
  };
  const reload = async () => {
    const fresh = await loadRecord(resource.id, source.id);
    if (!fresh) return 'This has been deleted meanwhile.';
    const now = toFormValues(fresh, resource);
    const kept = changed.filter((name) => (now[name] ?? '') === (before[name] ?? ''));
    const lost = changed.filter((name) => !kept.includes(name) && now[name] !== state.values[name]);
    const pick = (values: Readonly<Record<string, unknown>>) =>
      Object.fromEntries(kept.map((name) => [name, values[name]]));
    setSource(fresh);
    state.replace(
      { ...now, ...(pick(state.values) as FormValues) },
      { ...fresh.populated, ...(pick(state.record.populated) as RecordJSON['populated']) },
    );
    return describeReload(lost, resource, state.values);
  };
  return (
    <RecordForm
      resource={resource}
      state={state}
      isDirty={changed.length > 0}
      save={save}
      cancel={cancel}
      reload={reload}
    />
  );
}

function toFormValues(record: RecordJSON, resource: ResourceJSON): FormValues {
  const names = resource.editProperties.map(({ propertyPath }) => propertyPath);
  return Object.fromEntries(names.map((name) => [name, toFormValue(record.params[name])]));
}

function describeReload(lost: readonly string[], resource: ResourceJSON, values: FormValues): string {
  const typed = lost.map((name) => {
    const property = resource.editProperties.find(({ propertyPath }) => propertyPath === name);
    return `${property ? displayOf(property).label : name} “${values[name] ?? ''}”`;
  });
  return typed.length === 0 ? 'Reloaded.' : `Reloaded. You had typed: ${typed.join(', ')}.`;
}
