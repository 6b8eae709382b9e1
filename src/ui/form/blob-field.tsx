import { styled } from '@adminjs/design-system/styled-components';
import React, { useEffect, useRef, useState } from 'react';
import { PlainButton } from '../button.ts';
import { formatNumber } from '../format.ts';
import { describeSize, isStoredFile, Picture, StoredFile } from '../value/stored-file.tsx';
import type { FieldProps } from './field-props.ts';
import { inputAttributes } from './field-props.ts';
import { FieldError, FieldHelp, TextBox } from './field-styles.ts';
import type { FormValue } from './form-values.ts';
import { LongTextField } from './long-text-field.tsx';

export interface BlobFieldProps extends FieldProps {
  readonly held: FormValue;
  /** Where the row's bytes are; null while there is no row. */
  readonly href: string | null;
}

/** Bytes: a file to choose, text to write, or neither. What is stored is shown, and stays until it is replaced. */
export function BlobField(props: BlobFieldProps): React.ReactElement {
  const { id, display, value, held, href, onChange } = props;
  const original = useRef<FormValue>(held);
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  // A browser's file field is emptied by making it anew.
  const [round, setRound] = useState(0);
  const isText = value !== null && !isStoredFile(value);
  const choose = (file: File | undefined) => {
    const fault = file ? findSizeFault(file, display.maxBytes) : null;
    setTooLarge(fault);
    if (fault !== null) setRound(round + 1);
    else if (file) onChange(file);
  };
  const set = (wanted: FormValue) => {
    setTooLarge(null);
    setRound(round + 1);
    onChange(wanted);
  };
  return (
    <Stack>
      {isStoredFile(held) && href ? (
        <StoredFile key={held} href={href} value={held} label={display.label} />
      ) : null}
      {held instanceof File ? <ChosenFile file={held} /> : null}
      {held === null ? <FieldHelp as="span">No value</FieldHelp> : null}
      {isText ? <LongTextField {...props} /> : null}
      <TextBox
        {...inputAttributes(props)}
        id={isText ? `${id}-file` : id}
        aria-labelledby={`${id}-label`}
        type="file"
        key={round}
        onChange={({ target }: React.ChangeEvent<HTMLInputElement>) => choose(target.files?.[0])}
      />
      {tooLarge ? <FieldError role="alert">{tooLarge}</FieldError> : null}
      {display.maxBytes === null ? null : (
        <FieldHelp as="span">A file of up to {describeSize(`${display.maxBytes} bytes`)}.</FieldHelp>
      )}
      <Buttons>
        {held === null ? (
          <PlainButton type="button" onClick={() => set('')}>
            Write text
          </PlainButton>
        ) : null}
        {held !== null && display.nullable ? (
          <PlainButton type="button" onClick={() => set(null)}>
            Remove
          </PlainButton>
        ) : null}
        {held !== original.current ? (
          <PlainButton type="button" onClick={() => set(original.current)}>
            Undo
          </PlainButton>
        ) : null}
      </Buttons>
    </Stack>
  );
}

/** Pictures that browsers draw without running anything. */
const DRAWN: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

function ChosenFile({ file }: { file: File }): React.ReactElement {
  const [source, setSource] = useState<string | null>(null);
  useEffect(() => {
    setSource(null);
    if (!DRAWN.has(file.type)) return;
    const reader = new FileReader();
    reader.onload = () => setSource(String(reader.result));
    reader.readAsDataURL(file);
    return () => reader.abort();
  }, [file]);
  return (
    <>
      {source ? <Picture src={source} alt="" /> : null}
      <span>
        {file.name} ({describeSize(`${file.size} bytes`)})
      </span>
    </>
  );
}

function findSizeFault({ name, size }: File, maxBytes: number | null): string | null {
  if (maxBytes === null || size <= maxBytes) return null;
  return `${name} has ${formatNumber(size)} bytes: at most ${formatNumber(maxBytes)} fit.`;
}

const Stack = styled.div`
  display: flex;
  flex-direction: column;
  gap: 8px;
  align-items: stretch;
  font-size: 14px;

  & > span {
    overflow-wrap: anywhere;
  }
  & input[type='file'] {
    padding: 4px;
    height: auto;
  }
`;

const Buttons = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 8px;

  &:empty {
    display: none;
  }
`;
