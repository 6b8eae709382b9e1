import { styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import type { ColumnDisplay } from '../column-display.ts';
import { labelOf } from '../property-display.ts';
import { REDUCED_MOTION, token } from '../tokens.ts';
import type { FieldProps } from './field-props.ts';
import { inputAttributes } from './field-props.ts';
import { SelectBox } from './field-styles.ts';

/** One of several values; none where the column allows that, or while a new row has none yet. */
export function ChoiceField(props: FieldProps): React.ReactElement {
  const { display, value, onChange } = props;
  const values = display.columnKind === 'boolean' ? ['true', 'false'] : display.values;
  // A column may hold what is offered no more, as the empty text that a server makes of a wrong member.
  const isOffered = value === null || values.includes(value);
  const choices = [
    ...(display.nullable || value === null ? [null] : []),
    ...(isOffered ? [] : [value]),
    ...values,
  ];
  return (
    <SelectBox
      {...inputAttributes(props)}
      value={choices.indexOf(value)}
      onChange={({ target }: React.ChangeEvent<HTMLSelectElement>) =>
        onChange(choices[Number(target.value)] ?? null)
      }
    >
      {choices.map((choice, index) => (
        <option key={`${choice === null}${choice}`} value={index}>
          {describeChoice(display, choice)}
        </option>
      ))}
    </SelectBox>
  );
}

function describeChoice(display: ColumnDisplay, choice: string | null): string {
  if (choice === null) return '—';
  return choice === '' ? '(blank)' : labelOf(display, choice);
}

/** Yes or no. */
export function SwitchField(props: FieldProps): React.ReactElement {
  const isOn = props.value === 'true';
  return (
    <Switch className={isOn ? 'on' : undefined}>
      <input
        {...inputAttributes(props)}
        type="checkbox"
        role="switch"
        aria-checked={isOn}
        checked={isOn}
        onChange={({ target }) => props.onChange(String(target.checked))}
      />
      <span aria-hidden="true">{labelOf(props.display, String(isOn))}</span>
    </Switch>
  );
}

/** Any number of several values, posted as a list between commas. */
export function SetField(props: FieldProps): React.ReactElement {
  const { id, name, display, value, emptyValue, invalid, describedBy, onChange } = props;
  const chosen = new Set((value ?? '').split(',').filter((member) => member !== ''));
  const toggle = (member: string) => {
    const next = display.values.filter((other) => (other === member) !== chosen.has(other));
    onChange(next.length > 0 ? next.join(',') : emptyValue);
  };
  return (
    <CheckList>
      {display.values.map((member, index) => (
        <label key={member}>
          <input
            id={index === 0 ? id : undefined}
            name={name}
            type="checkbox"
            checked={chosen.has(member)}
            aria-invalid={invalid}
            aria-describedby={describedBy}
            onChange={() => toggle(member)}
          />
          {labelOf(props.display, member)}
        </label>
      ))}
      {display.nullable ? (
        <label>
          <input
            name={name}
            type="checkbox"
            checked={value === null}
            onChange={({ target }) => onChange(target.checked ? null : '')}
          />
          No value
        </label>
      ) : null}
    </CheckList>
  );
}

const CheckList = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 6px 18px;
  padding: 7px 0;

  & label {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    font-size: 14px;
    line-height: 20px;
    cursor: pointer;
  }
  & input {
    width: 16px;
    height: 16px;
    margin: 0;
    accent-color: ${token.link};
  }
`;

const Switch = styled.span`
  display: inline-flex;
  align-items: center;
  gap: 10px;
  min-height: 36px;
  font-size: 14px;

  & input {
    appearance: none;
    position: relative;
    width: 38px;
    height: 22px;
    margin: 0;
    border-radius: 11px;
    background: ${token.muted};
    cursor: pointer;
    transition: background 120ms;
  }
  & input::after {
    content: '';
    position: absolute;
    top: 3px;
    left: 3px;
    width: 16px;
    height: 16px;
    border-radius: 50%;
    background: ${token.surface};
    transition: transform 120ms;
  }
  & input:checked {
    background: ${token.link};
  }
  & input:checked::after {
    transform: translateX(16px);
  }
  ${REDUCED_MOTION} {
    & input,
    & input::after {
      transition: none;
    }
  }
`;
