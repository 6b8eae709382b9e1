import { styled } from '@adminjs/design-system/styled-components';
import React, { useEffect } from 'react';
import { Clock, Lock, Radio, Shield, WifiOff } from 'react-feather';
import { tellSignedOut } from '../session/signed-out.ts';
import { NARROW, token } from '../tokens.ts';
import { unseen } from '../unseen.ts';
import { type ConnectionWords, describeConnection } from './describe-connection.ts';
import { useLiveState } from './use-live-state.ts';

const ICONS = {
  connecting: Clock,
  live: Radio,
  'catching-up': Clock,
  offline: WifiOff,
  'panel-only': Shield,
  'signed-out': Lock,
} as const;

const COLORS: Record<ConnectionWords['tone'], string> = {
  neutral: token.muted,
  success: token.success,
  warning: token.warning,
  danger: token.danger,
};

const Badge = styled.span`
  display: inline-flex;
  align-items: center;
  justify-content: flex-end;
  gap: 6px;
  min-width: 132px;
  margin-right: 16px;
  font-size: 13px;
  font-variant-numeric: tabular-nums;
  white-space: nowrap;

  ${NARROW} {
    min-width: 0;
    margin-right: 12px;

    & > [data-words] {
      display: none;
    }
  }
`;

const Announced = styled.span`
  ${unseen}
`;

/** Whether what is shown follows the database at this moment. */
export default function ConnectionBadge(): React.ReactElement {
  const state = useLiveState();
  const { phase } = state;
  useEffect(() => {
    if (phase === 'signed-out') tellSignedOut();
  }, [phase]);
  const { label, detail, tone } = describeConnection(state);
  const Icon = ICONS[phase];
  return (
    <Badge style={{ color: COLORS[tone] }} title={detail} data-phase={phase}>
      <Icon size={15} aria-hidden />
      <span data-words aria-hidden>
        {label}
      </span>
      <Announced role="status">{detail}</Announced>
    </Badge>
  );
}
