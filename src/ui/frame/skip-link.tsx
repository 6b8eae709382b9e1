import { styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import { token } from '../tokens.ts';

const Link = styled.a`
  position: fixed;
  z-index: 100;
  top: 8px;
  left: 8px;
  padding: 10px 14px;
  border-radius: ${token.radius};
  background: ${token.surface};
  color: ${token.accentStrong};
  font-size: 14px;
  font-weight: 600;
  box-shadow: ${token.shadow};

  &:not(:focus) {
    clip-path: inset(50%);
    pointer-events: none;
  }
`;

/** The first stop of the Tab key: past the navigation to what the page is about. */
export function SkipLink() {
  return (
    <Link href="#main" onClick={skip}>
      Skip to the content
    </Link>
  );
}

function skip(event: React.MouseEvent): void {
  // The address stays, as it is the list's filters and the router's.
  event.preventDefault();
  const main = document.querySelector('main');
  main?.setAttribute('tabindex', '-1');
  main?.focus();
}
