import { styled } from '@adminjs/design-system/styled-components';
import React, { Fragment } from 'react';
import { linkLook } from './link-look.ts';

const Anchor = styled.a`
  ${linkLook}
`;

/** A link to write to an address; where a line has no room for it, it breaks before the @ or a dot. */
export function MailLink({ address }: { address: string }): React.ReactElement {
  const parts = address.split(/(?=[@.])/);
  return (
    <Anchor href={`mailto:${encodeURIComponent(address).replaceAll('%40', '@')}`} title={address}>
      {parts.map((part, index) => (
        <Fragment key={index}>
          {index > 0 ? <wbr /> : null}
          {part}
        </Fragment>
      ))}
    </Anchor>
  );
}
