import { styled } from '@adminjs/design-system/styled-components';
import { type ResourceJSON, useTranslation, ViewHelpers } from 'adminjs';
import React from 'react';
import { type PresenceMode, recordTopic } from '../../live/protocol.ts';
import { decodeTable } from '../../table-address.ts';
import { usePageTitle } from '../frame/use-page-title.ts';
import { PresenceHint } from '../live/presence-hint.tsx';
import { token } from '../tokens.ts';
import { TextLink } from '../value/value.tsx';

export interface PageHeadProps {
  readonly resource: ResourceJSON;
  readonly title: string;
  /** Badges and a line about the row, beside and below the title. */
  readonly badges?: React.ReactNode;
  readonly about?: React.ReactNode;
  /** The row, where the page is one row's, and what the person does with it: others see that. */
  readonly presence?: { readonly recordId: string; readonly mode: PresenceMode };
  /** Buttons. */
  readonly children?: React.ReactNode;
}

/** The head of a page: the way back to the list, the title, and what can be done. */
export function PageHead({
  resource,
  title,
  badges,
  about,
  presence,
  children,
}: PageHeadProps): React.ReactElement {
  const { translateLabel } = useTranslation();
  usePageTitle(title);
  return (
    <Head>
      <div>
        <nav aria-label="Breadcrumb">
          <TextLink to={new ViewHelpers().resourceUrl({ resourceId: resource.id })}>
            {translateLabel(resource.id)}
          </TextLink>
          {presence ? (
            <PresenceHint
              topic={recordTopic(decodeTable(resource.id), presence.recordId)}
              mode={presence.mode}
            />
          ) : null}
        </nav>
        <TitleRow>
          <h1>{title}</h1>
          {badges}
        </TitleRow>
        {about ? <About>{about}</About> : null}
      </div>
      {children}
    </Head>
  );
}

const Head = styled.header`
  display: flex;
  flex-wrap: wrap;
  gap: 12px 24px;
  align-items: flex-end;
  justify-content: space-between;
  padding-top: 4px;

  & nav {
    display: flex;
    gap: 12px;
    align-items: center;
    height: 20px;
    font-size: 13px;
    white-space: nowrap;
  }
`;

const TitleRow = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 6px 10px;
  align-items: center;

  & h1 {
    margin: 0;
    font-size: 24px;
    font-weight: 650;
    line-height: 32px;
    letter-spacing: -0.01em;
  }
`;

const About = styled.p`
  margin: 2px 0 0;
  color: ${token.muted};
`;
