import { styled } from '@adminjs/design-system/styled-components';
import type { ResourceJSON } from 'adminjs';
import React, { useEffect, useId, useRef, useState } from 'react';
import { X } from 'react-feather';
import { PlainButton } from '../button.ts';
import { token } from '../tokens.ts';
import FilterField from './filter-field.tsx';
import type { Filters } from './list-params.ts';

export interface FilterPanelProps {
  readonly resource: ResourceJSON;
  readonly filters: Filters;
  onApply(filters: Filters): void;
  onClose(): void;
}

/** Every column that can be filtered by, at the window's edge. Nothing changes before it is applied. */
export function FilterPanel({ resource, filters, onApply, onClose }: FilterPanelProps): React.ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const [draft, setDraft] = useState(filters);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const change = (path: string, value: string) => setDraft((before) => ({ ...before, [path]: value }));
  const cancel = (event: React.SyntheticEvent) => {
    event.preventDefault();
    onClose();
  };
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    onApply(draft);
  };
  return (
    <Panel ref={dialog} aria-labelledby={titleId} onCancel={cancel}>
      <form onSubmit={submit}>
        <header>
          <h2 id={titleId}>Filter</h2>
          <button type="button" aria-label="Close" onClick={onClose}>
            <X size={20} aria-hidden />
          </button>
        </header>
        <section>
          {resource.filterProperties.map((property) => (
            <FilterField key={property.name} property={property} filter={draft} onChange={change} />
          ))}
        </section>
        <footer>
          <PlainButton type="button" onClick={() => setDraft({})}>
            Clear
          </PlainButton>
          <PlainButton type="submit" className="primary">
            Show results
          </PlainButton>
        </footer>
      </form>
    </Panel>
  );
}

const Panel = styled.dialog`
  position: fixed;
  inset: 0 0 0 auto;
  box-sizing: border-box;
  width: 400px;
  max-width: 100vw;
  height: 100vh;
  height: 100dvh;
  max-height: none;
  margin: 0;
  padding: 0;
  color: ${token.ink};
  background: ${token.surface};
  border: 0;
  box-shadow: ${token.shadow};

  &::backdrop {
    background: rgb(20 18 42 / 35%);
  }
  & form {
    display: flex;
    flex-direction: column;
    height: 100%;
  }
  & header,
  & footer {
    display: flex;
    gap: 8px;
    align-items: center;
    justify-content: space-between;
    padding: 14px 20px;
    border-bottom: 1px solid ${token.line};
  }
  & footer {
    border-top: 1px solid ${token.line};
    border-bottom: 0;
  }
  & h2 {
    margin: 0;
    font-size: 18px;
    font-weight: 600;
    line-height: 24px;
  }
  & header button {
    display: inline-flex;
    padding: 6px;
    color: ${token.muted};
    background: none;
    border: 0;
    border-radius: 6px;
    cursor: pointer;
  }
  & section {
    flex: 1;
    padding: 16px 20px;
    overflow-y: auto;
  }
`;
