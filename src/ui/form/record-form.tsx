import { BasePropertyComponent, type BasePropertyJSON, type ResourceJSON } from 'adminjs';
import React, { useEffect, useRef, useState } from 'react';
import { PlainButton } from '../button.ts';
import { displayOf } from '../property-display.ts';
import { FieldGrid } from './field-styles.ts';
import { FormCard, FormNotice, SaveBar, ShortcutHint } from './record-form-styles.ts';
import { NO_ANSWER, type Saved } from './save-record.ts';
import type { FormState } from './use-form-state.ts';
import { useSaveShortcut } from './use-save-shortcut.ts';

export interface RecordFormProps {
  readonly resource: ResourceJSON;
  readonly state: FormState;
  readonly isDirty: boolean;
  /** Whether there is no row yet: then the first empty field has the focus from the start. */
  readonly isNew?: boolean;
  /** Posts the form; what it resolves to is shown. It is not called again before it has resolved. */
  save(): Promise<Saved>;
  cancel(): void;
  /** Takes in what others have changed meanwhile; absent where there is no row yet. */
  reload?(): Promise<string>;
  /** What is said where the row is there no more, and with it the way to save. */
  readonly obituary?: string | null;
  /** What stands on a field, below its input. */
  noteOf?(property: BasePropertyJSON): React.ReactNode;
}

/** Texts that may be this long get a line to themselves. */
const WIDE_LENGTH = 200;

interface Notice {
  readonly text: string;
  readonly tone: 'error' | 'info';
  readonly isStale: boolean;
}

/** The fields of a row with a bar to save them; errors stand on their fields, and the first of them gets the focus. */
export function RecordForm(props: RecordFormProps): React.ReactElement {
  const { resource, state, isDirty, cancel } = props;
  const form = useRef<HTMLFormElement>(null);
  const { notice, isSaving, submit, reload } = useSubmit(props, form);
  useSaveShortcut(form);
  useEffect(() => {
    if (props.isNew) findFirstEmpty(form.current)?.focus();
  }, [props.isNew]);
  return (
    <FormCard ref={form} noValidate onSubmit={submit} aria-busy={isSaving}>
      <div role="alert" tabIndex={-1}>
        {props.obituary ? <FormNotice className="error">{props.obituary}</FormNotice> : null}
        {notice && !props.obituary ? (
          <FormNotice className={notice.tone}>
            <span>{notice.text}</span>
            {notice.isStale && props.reload ? (
              <PlainButton type="button" onClick={reload}>
                Reload
              </PlainButton>
            ) : null}
          </FormNotice>
        ) : null}
      </div>
      <FieldGrid>
        {formProperties(resource, props.isNew).map((property) => (
          <div key={property.propertyPath} className={isWide(property) ? 'wide' : undefined}>
            <BasePropertyComponent
              where="edit"
              property={property}
              resource={resource}
              record={state.record}
              onChange={state.change}
            />
            {props.noteOf?.(property)}
          </div>
        ))}
      </FieldGrid>
      <SaveBar>
        <PlainButton type="submit" className="primary" disabled={isSaving || Boolean(props.obituary)}>
          {isSaving ? 'Saving…' : 'Save'}
        </PlainButton>
        <PlainButton type="button" onClick={cancel}>
          Cancel
        </PlainButton>
        <ShortcutHint>
          {isDirty ? (
            <>
              Unsaved changes<span> · Ctrl+Enter saves</span>
            </>
          ) : null}
        </ShortcutHint>
      </SaveBar>
    </FormCard>
  );
}

/** The fields of a form: of a new row those that the person can set. */
export function formProperties({ editProperties }: ResourceJSON, isNew = false): BasePropertyJSON[] {
  return editProperties.filter((property) => !isNew || displayOf(property).writable);
}

function useSubmit(
  { state, save, reload, obituary }: RecordFormProps,
  form: React.RefObject<HTMLFormElement>,
) {
  const [notice, setNotice] = useState<Notice | null>(null);
  const [isSaving, setSaving] = useState(false);
  const isPosting = useRef(false);
  const [attempts, setAttempts] = useState(0);
  useEffect(() => {
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (attempts > 0) (wrong ?? form.current?.querySelector<HTMLElement>('[role="alert"]'))?.focus();
  }, [attempts]);

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    if (isPosting.current || obituary) return;
    isPosting.current = true;
    setSaving(true);
    const saved = findUnfinished(form.current) ?? (await save());
    // A form that has been saved is on its way out, and is not to be saved again.
    if (saved.ok) return;
    isPosting.current = false;
    setSaving(false);
    state.mark(saved.errors);
    setNotice({ text: describeRefusal(saved, form.current), tone: 'error', isStale: saved.code === 'stale' });
    setAttempts((count) => count + 1);
  };
  const reloadRow = async () => {
    const text = await reload?.().catch(() => null);
    if (text) setNotice({ text, tone: 'info', isStale: false });
    else setNotice({ text: NO_ANSWER, tone: 'error', isStale: true });
  };
  return { notice, isSaving, submit, reload: reloadRow };
}

function findFirstEmpty(form: HTMLFormElement | null): HTMLInputElement | undefined {
  const fields = form?.querySelectorAll<HTMLInputElement>('input:enabled, select:enabled, textarea:enabled');
  return [...(fields ?? [])].find(({ value }) => value === '');
}

/** Dates and times of which only a part is typed, which the browser would hand over as nothing, or that never are. */
function findUnfinished(form: HTMLFormElement | null): Saved | null {
  const inputs = [...(form?.querySelectorAll('input') ?? [])].filter(
    ({ validity }) => validity.badInput || validity.customError,
  );
  if (inputs.length === 0) return null;
  const errors = inputs.map(({ name, validity, validationMessage }) => [
    name,
    { message: validity.customError ? validationMessage : 'This is not complete yet.' },
  ]);
  return { ok: false, code: 'unfinished', message: 'Not saved.', errors: Object.fromEntries(errors) };
}

function describeRefusal(saved: Extract<Saved, { ok: false }>, form: HTMLFormElement | null): string {
  const names = Object.keys(saved.errors);
  const isShown = (name: string) => form?.querySelector(`[name="${CSS.escape(name)}"]`) !== null;
  if (saved.code === 'stale')
    return 'Not saved: somebody else has changed this meanwhile. Reload to see it; your other changes stay.';
  if (names.length === 0 || !names.every(isShown)) return saved.message;
  return names.length === 1
    ? 'Not saved: one field needs a look.'
    : `Not saved: ${names.length} fields need a look.`;
}

function isWide(property: BasePropertyJSON): boolean {
  const { kind, columnKind, maxLength } = displayOf(property);
  if (['text', 'json', 'set'].includes(columnKind) || kind === 'longtext') return true;
  return kind === 'text' && (maxLength ?? 0) >= WIDE_LENGTH;
}
