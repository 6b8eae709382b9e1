import { styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import { tint, token } from '../tokens.ts';

const COLORS: Readonly<Record<string, string>> = {
  neutral: token.muted,
  info: token.info,
  success: token.success,
  warning: token.warning,
  danger: token.danger,
};

const Pill = styled.span`
  display: inline-flex;
  align-items: center;
  gap: 6px;
  max-width: 100%;
  padding: 2px 9px 2px 8px;
  border-radius: 999px;
  font-size: 12px;
  font-weight: 600;
  line-height: 18px;
  white-space: nowrap;
  color: var(--badge);
  background: ${tint('var(--badge)', 10)};

  &::before {
    content: '';
    flex: none;
    width: 6px;
    height: 6px;
    border-radius: 50%;
    background: currentColor;
  }
`;

/** A word on a colour that says how good the news is. The word alone carries the meaning; the colour repeats it. */
export function Badge({ tone, children }: { tone: string | undefined; children: React.ReactNode }) {
  const style = { '--badge': COLORS[tone ?? 'neutral'] ?? token.muted } as React.CSSProperties;
  return <Pill style={style}>{children}</Pill>;
}
