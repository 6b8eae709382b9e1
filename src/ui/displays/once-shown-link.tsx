import { styled } from '@adminjs/design-system/styled-components';
import React, { useRef, useState } from 'react';
import { PlainButton } from '../button.ts';
import { token } from '../tokens.ts';

/** An address that is shown this once, to be copied. */
export function OnceShownLink({ address, onDone }: { address: string; onDone(): void }): React.ReactElement {
  const input = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState('');
  const copy = async () => {
    input.current?.select();
    try {
      await navigator.clipboard.writeText(address);
      setSaid('Copied.');
    } catch {
      // Without https there is no clipboard for pages.
      setSaid('The address is selected: copy it with Ctrl+C.');
    }
  };
  return (
    <Shown>
      <p>
        <strong>Open this address once on the screen.</strong> It is shown only now, and whoever has it sees
        the wallboard: copy it before you leave this page. A lost one is revoked under Displays.
      </p>
      <div>
        <input ref={input} readOnly value={address} aria-label="Address of the display" />
        <PlainButton type="button" className="primary" onClick={copy}>
          Copy
        </PlainButton>
      </div>
      <p role="status">{said || '\u00a0'}</p>
      <PlainButton type="button" onClick={onDone}>
        Make another
      </PlainButton>
    </Shown>
  );
}

const Shown = styled.div`
  display: flex;
  flex-direction: column;
  gap: 12px;
  align-items: flex-start;
  max-width: 760px;

  & p {
    margin: 0;
  }
  & strong {
    font-weight: 600;
  }
  & > div {
    display: flex;
    gap: 8px;
    width: 100%;
  }
  & input {
    flex: 1 1 0;
    min-width: 0;
    padding: 6px 10px;
    border: 1px solid ${token.lineStrong};
    border-radius: ${token.radius};
    background: ${token.hover};
    color: inherit;
    font: 13px ${token.fontMono};
  }
`;
