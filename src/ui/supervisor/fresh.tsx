import { css, keyframes, styled } from '@adminjs/design-system/styled-components';
import React, { useRef } from 'react';
import { REDUCED_MOTION, tint, token } from '../tokens.ts';

const settle = keyframes`
  from { background-color: ${tint(token.accent, 24)}; }
  to { background-color: transparent; }
`;

/** The look of what has just come, by its class `fresh`: a tint that fades, or where motion is unwelcome a line. */
export const freshLook = css`
  &.fresh {
    animation: ${settle} 2.4s ease-out;
  }

  ${REDUCED_MOTION} {
    &.fresh {
      box-shadow: inset 2px 0 ${token.accent};
      animation: none;
    }
  }
`;

const Mark = styled.span`
  border-radius: 4px;
  ${freshLook}
`;

/** A figure that shines up when it changes, and takes no other room for it. */
export function FreshValue({ children }: { children: string }) {
  const first = useRef(children);
  return (
    <Mark key={children} className={children === first.current ? undefined : 'fresh'}>
      {children}
    </Mark>
  );
}

/** Which of these keys came after the list was first shown: they alone are to shine up. */
export function useFreshKeys(keys: readonly string[]): (key: string) => boolean {
  const first = useRef<ReadonlySet<string> | null>(null);
  first.current ??= new Set(keys);
  const known = first.current;
  return (key) => !known.has(key);
}
