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

/** Prints the papers of rows, each in a tab of its own: of one row by a link, of more by a form, as an address ends sooner. */
export function DocumentLinks({
  resourceId,
  documents,
  recordIds,
  about = '',
}: DocumentLinksProps): React.ReactElement | null {
  if (documents.length === 0 || recordIds.length === 0 || recordIds.length > MAX_PRINTED) return null;
  const ids = recordIds.join(',');
  const href = (name: string) => siteUrl(`/admin/documents/${resourceId}/${name}`);
  return (
    <Links aria-label={`Print ${about}`.trim()}>
      {documents.map(({ name, label }) =>
        recordIds.length === 1 ? (
          <a key={name} href={`${href(name)}?ids=${ids}`} target="_blank" rel="noopener">
            <Printer size={15} aria-hidden /> {label}
          </a>
        ) : (
          <form key={name} method="post" action={href(name)} target="_blank" rel="noopener">
            <input type="hidden" name="ids" value={ids} />
            <button type="submit">
              <Printer size={15} aria-hidden /> {label}
            </button>
          </form>
        ),
      )}
    </Links>
  );
}

const Links = styled.nav`
  display: flex;
  flex-wrap: wrap;
  gap: 6px 20px;

  & a,
  & button {
    display: inline-flex;
    gap: 7px;
    align-items: center;
    padding: 0;
    font: inherit;
    color: ${token.link};
    text-decoration: none;
    background: none;
    border: 0;
    cursor: pointer;
  }
  & a:hover,
  & button:hover {
    text-decoration: underline;
  }
`;
