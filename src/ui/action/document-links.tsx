import { styled } from '@adminjs/design-system/styled-components';
import React from 'react';
import { Printer } from 'react-feather';
import { siteUrl } from '../site-url.ts';
import { token } from '../tokens.ts';

/** As many rows as the server prints at once. */
const MAX_PRINTED = 500;

export interface DocumentLinksProps {
  readonly resourceId: string;
  readonly documents: readonly { readonly name: string; readonly label: string }[];
  readonly recordIds: readonly string[];
  /** What tells these links from others of the page, for who does not see where they stand. */
  readonly about?: string;
}

/** Links to print the papers of rows, each in a tab of its own. */
export function DocumentLinks({
  resourceId,
  documents,
  recordIds,
  about = '',
}: DocumentLinksProps): React.ReactElement | null {
  if (documents.length === 0 || recordIds.length === 0 || recordIds.length > MAX_PRINTED) return null;
  const ids = recordIds.join(',');
  return (
    <Links aria-label={`Print ${about}`.trim()}>
      {documents.map(({ name, label }) => (
        <a
          key={name}
          href={siteUrl(`/admin/documents/${resourceId}/${name}?ids=${ids}`)}
          target="_blank"
          rel="noopener"
        >
          <Printer size={15} aria-hidden /> {label}
        </a>
      ))}
    </Links>
  );
}

const Links = styled.nav`
  display: flex;
  flex-wrap: wrap;
  gap: 6px 20px;

  & a {
    display: inline-flex;
    gap: 7px;
    align-items: center;
    color: ${token.link};
    text-decoration: none;
  }
  & a:hover {
    text-decoration: underline;
  }
`;
