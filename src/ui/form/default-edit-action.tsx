import {
  type ActionProps,
  type RecordJSON,
  type ResourceJSON,
  useCurrentAdmin,
  useNotice,
  ViewHelpers,
} from 'adminjs';
import React, { useRef } from 'react';
import { useNavigate } from 'react-router';
import { describeAuthor } from '../live/describe-author.ts';
import { own } from '../own.ts';
import { displayOf } from '../property-display.ts';
import { changedOf, type EditState, reduceEdit } from './edit-state.ts';
import { FieldNote } from './field-note.tsx';
import { createEditForm, type FormValue } from './form-values.ts';
import { RecordForm } from './record-form.tsx';
import { loadRecord, type Saved, saveRecord } from './save-record.ts';
import { useCancel } from './use-cancel.ts';
import { useEditState } from './use-edit-state.ts';
import { useLeaveGuard } from './use-leave-guard.ts';
import { useLiveEdit } from './use-live-edit.ts';

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
  const { id } = initial;
  const { state, form, dispatch } = useEditState(initial, resource);
  const isSaving = useRef(false);
  useLiveEdit(resource.id, id, dispatch, isSaving);
  const [account] = useCurrentAdmin();
  const { deletion } = state;
  const changed = changedOf(state);
  const allowLeave = useLeaveGuard(changed.length > 0);
  const navigate = useNavigate();
  const addNotice = useNotice();
  const showUrl = urls.recordActionUrl({ resourceId: resource.id, recordId: id, actionName: 'show' });
  const cancel = useCancel(showUrl);

  const save = async () => {
    const obstacle = findObstacle(state, changed, resource);
    if (obstacle) return obstacle;
    isSaving.current = true;
    const data = createEditForm(state.values, state.source.params, changed);
    const saved = await saveRecord(resource.id, id, data);
    if (!saved.ok) {
      isSaving.current = false;
      return saved;
    }
    allowLeave();
    if (saved.notice) addNotice(saved.notice);
    navigate(saved.redirectUrl ?? showUrl);
    return saved;
  };
  const reload = async () => {
    const record = await loadRecord(resource.id, id);
    if (!record) return 'This has been deleted meanwhile.';
    dispatch({ type: 'reload', record });
    return describeReload(state, record, resource);
  };
  return (
    <RecordForm
      resource={resource}
      state={form}
      isDirty={changed.length > 0}
      obituary={deletion && describeDeletion(describeAuthor(deletion.author, account?.id))}
      save={save}
      cancel={cancel}
      reload={reload}
      noteOf={(property) => <FieldNote property={property} state={state} dispatch={dispatch} />}
    />
  );
}

function describeDeletion(by: string): string {
  return `This was deleted ${by} while you were editing, so it cannot be saved. What you typed is still here to be copied.`;
}

/** Why the form is not to be posted as it is. */
function findObstacle(
  { conflicts, deletion }: EditState,
  changed: readonly string[],
  resource: ResourceJSON,
): Extract<Saved, { ok: false }> | null {
  const undecided = changed.filter((name) => own(conflicts, name)).map((name) => labelOf(resource, name));
  if (undecided.length === 0 || deletion) return null;
  const message = `Not saved: decide first which value to keep of ${undecided.join(', ')}.`;
  return { ok: false, code: 'undecided', message, errors: {} };
}

function labelOf({ editProperties }: ResourceJSON, name: string): string {
  const property = editProperties.find(({ propertyPath }) => propertyPath === name);
  return property ? displayOf(property).label : name;
}

/** What was typed and is lost, as somebody else has changed it. */
function describeReload(before: EditState, record: RecordJSON, resource: ResourceJSON): string {
  const after = reduceEdit(before, { type: 'reload', record });
  const typed = changedOf(before)
    .filter((name) => after.values[name] !== before.values[name])
    .map((name) => `${labelOf(resource, name)} “${describeTyped(before.values[name])}”`);
  return typed.length === 0 ? 'Reloaded.' : `Reloaded. You had typed: ${typed.join(', ')}.`;
}

function describeTyped(value: FormValue | undefined): string {
  return value instanceof File ? value.name : (value ?? '');
}
