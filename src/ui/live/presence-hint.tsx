import { styled } from '@adminjs/design-system/styled-components';
import { useCurrentAdmin } from 'adminjs';
import React, { useEffect, useState } from 'react';
import { Edit2, Eye } from 'react-feather';
import type { PresenceMode, PresentPerson } from '../../live/protocol.ts';
import { tint, token } from '../tokens.ts';
import { describePeople } from './describe-people.ts';
import { liveConnection } from './shared-connection.ts';

/** Tells others that the person has a record open, and the person who else has. */
export function PresenceHint({ topic, mode }: { topic: string; mode: PresenceMode }): React.ReactElement {
  const [people, setPeople] = useState<readonly PresentPerson[]>([]);
  const [account] = useCurrentAdmin();
  useEffect(() => {
    setPeople([]);
    return liveConnection().attend(topic, mode, setPeople);
  }, [topic, mode]);
  const text = describePeople(people, account?.id);
  const isEdited = people.some((person) => person.mode === 'editing');
  return (
    <Place role="status">
      {text ? (
        <Hint className={isEdited ? 'editing' : undefined}>
          {isEdited ? <Edit2 size={12} aria-hidden /> : <Eye size={12} aria-hidden />}
          <span>{text}</span>
        </Hint>
      ) : null}
    </Place>
  );
}

const Place = styled.span`
  display: flex;
  min-width: 0;
`;

const Hint = styled.span`
  display: inline-flex;
  gap: 6px;
  align-items: center;
  padding: 0 8px;
  font-size: 12px;
  font-weight: 500;
  line-height: 18px;
  color: ${token.info};
  background: ${tint(token.info, 10)};
  border-radius: 999px;

  min-width: 0;

  & > svg {
    flex: none;
  }
  & > span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  &.editing {
    color: ${token.warning};
    background: ${tint(token.warning, 12)};
  }
`;
