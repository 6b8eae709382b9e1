import { styled } from '@adminjs/design-system/styled-components';
import type { ReduxState } from 'adminjs';
import React, { useEffect, useRef, useState } from 'react';
import { useSelector } from 'react-redux';
import { PlainButton } from '../button.ts';
import { token } from '../tokens.ts';
import { watchApiClients } from './api-answers.ts';
import { onSignedOut } from './signed-out.ts';

watchApiClients();

/** Says when the session has ended, and offers to sign in: here, with the way back, or beside, to keep what is typed. */
export default function SessionWatch(): React.ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  const loginPath = useSelector(({ paths }: ReduxState) => paths.loginPath);
  const [here, setHere] = useState('');
  useEffect(
    () =>
      onSignedOut(() => {
        setHere(window.location.pathname + window.location.search);
        if (!dialog.current?.open) dialog.current?.showModal();
      }),
    [],
  );
  return (
    <Dialog ref={dialog} aria-labelledby="signed-out-title" aria-describedby="signed-out-text">
      <h2 id="signed-out-title">You are signed out</h2>
      <p id="signed-out-text">
        Your session has ended. Sign in again and you come back to this page. If you have typed something that
        is not saved, sign in in a new tab: then it stays here, and you can save it.
      </p>
      <div>
        <PlainButton as="a" className="primary" href={`${loginPath}?redirectTo=${encodeURIComponent(here)}`}>
          Sign in
        </PlainButton>
        <PlainButton as="a" href={loginPath} target="_blank" onClick={() => dialog.current?.close()}>
          Sign in in a new tab
        </PlainButton>
      </div>
    </Dialog>
  );
}

const Dialog = styled.dialog`
  box-sizing: border-box;
  width: calc(100% - 32px);
  max-width: 460px;
  margin: auto;
  padding: 24px;
  color: ${token.ink};
  background: ${token.surface};
  border: 0;
  border-radius: 12px;
  box-shadow: ${token.shadow};

  &::backdrop {
    background: rgb(20 18 42 / 55%);
  }
  & h2 {
    margin: 0 0 8px;
    font-size: 18px;
    font-weight: 600;
  }
  & p {
    margin: 0 0 20px;
    font-size: 14px;
    line-height: 21px;
    color: ${token.muted};
  }
  & div {
    display: flex;
    flex-wrap: wrap;
    gap: 10px;
  }
`;
