import { styled } from '@adminjs/design-system/styled-components';
import { useCurrentAdmin } from 'adminjs';
import React from 'react';
import { LogOut } from 'react-feather';
import { humanizeValue } from '../format.ts';
import { siteUrl } from '../site-url.ts';
import { token } from '../tokens.ts';

const Who = styled.div`
  display: flex;
  align-items: center;
  gap: 12px;
  font-size: 14px;
`;

const Name = styled.span`
  display: flex;
  flex-direction: column;
  align-items: flex-end;
  line-height: 1.25;

  & > strong {
    font-weight: 600;
  }

  & > small {
    color: ${token.muted};
    font-size: 12px;
  }
`;

const SignOut = styled.button`
  display: inline-flex;
  align-items: center;
  gap: 6px;
  height: 32px;
  padding: 0 10px;
  border: 1px solid ${token.line};
  border-radius: ${token.radius};
  background: none;
  color: ${token.ink};
  font: inherit;
  font-size: 13px;
  cursor: pointer;

  &:hover {
    background: ${token.hover};
  }
`;

/** Who is signed in, and the way out, which is a form of its own because a link must not sign anybody out. */
export default function LoggedIn() {
  const [account] = useCurrentAdmin();
  if (!account) return null;
  return (
    <Who>
      <Name>
        <strong>{account.name}</strong>
        <small>{humanizeValue(String(account.role))}</small>
      </Name>
      <form method="post" action={siteUrl('/admin/logout')}>
        <SignOut type="submit">
          <LogOut size={15} aria-hidden /> Sign out
        </SignOut>
      </form>
    </Who>
  );
}
