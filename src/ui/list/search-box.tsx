import { styled } from '@adminjs/design-system/styled-components';
import React, { useEffect, useRef, useState } from 'react';
import { Search } from 'react-feather';
import { NARROW, token } from '../tokens.ts';

const TYPING_PAUSE_MS = 250;

/** The list's free-text search: looks once typing pauses, or at Enter. */
export function SearchBox({
  label,
  value,
  onSearch,
}: {
  label: string;
  value: string;
  onSearch(text: string): void;
}): React.ReactElement {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const search = (wanted: string) => {
    if (wanted.trim() === sent.current) return;
    sent.current = wanted.trim();
    onSearch(wanted.trim());
  };
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    const timer = setTimeout(() => search(text), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const input = useRef<HTMLInputElement>(null);
  useShortcut('/', () => input.current?.focus());
  return (
    <Box role="search" onSubmit={(event: React.FormEvent) => event.preventDefault()}>
      <Search size={16} aria-hidden />
      <input
        ref={input}
        type="search"
        aria-keyshortcuts="/"
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={({ key }) => key === 'Enter' && search(text)}
      />
      <kbd aria-hidden>/</kbd>
    </Box>
  );
}

/** Calls `act` when a key is pressed while nobody is typing or answering a dialog. */
function useShortcut(wanted: string, act: () => void): void {
  useEffect(() => {
    const listening = new AbortController();
    const press = (event: KeyboardEvent) => {
      const isBusy = (event.target as Element).closest('input, select, textarea, dialog') !== null;
      if (event.key !== wanted || isBusy || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', press, { signal: listening.signal });
    return () => listening.abort();
  }, [wanted]);
}

const Box = styled.form`
  position: relative;
  flex: 1 1 320px;
  max-width: 560px;

  & svg {
    position: absolute;
    top: 11px;
    left: 12px;
    color: ${token.muted};
    pointer-events: none;
  }
  & input {
    box-sizing: border-box;
    width: 100%;
    height: 38px;
    padding: 0 10px 0 36px;
    font: inherit;
    font-size: 14px;
    color: ${token.ink};
    background: ${token.surface};
    border: 1px solid ${token.lineStrong};
    border-radius: ${token.radius};
  }
  & kbd {
    position: absolute;
    top: 9px;
    right: 10px;
    min-width: 20px;
    font-family: ${token.fontMono};
    font-size: 12px;
    line-height: 20px;
    text-align: center;
    color: ${token.muted};
    border: 1px solid ${token.line};
    border-radius: 4px;
    pointer-events: none;
  }
  & input:focus + kbd,
  & input:not(:placeholder-shown) + kbd {
    display: none;
  }
  & input::placeholder {
    color: ${token.muted};
  }
  @media (hover: none) {
    & kbd {
      display: none;
    }
  }
  ${NARROW} {
    flex-basis: 180px;

    & input {
      font-size: 16px;
    }
    & kbd {
      display: none;
    }
  }
`;
