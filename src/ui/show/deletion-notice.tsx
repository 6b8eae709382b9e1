import { useCurrentAdmin } from 'adminjs';
import React from 'react';
import { FormNotice } from '../form/record-form-styles.ts';
import { type Author, describeAuthor } from '../live/describe-author.ts';

/** Says on a row's page that the row is there no more, and by whom; `singular`: 'order'. */
export function DeletionNotice({
  deletion,
  singular,
}: {
  deletion: { readonly author: Author } | null;
  singular: string;
}): React.ReactElement {
  const [account] = useCurrentAdmin();
  return (
    <div role="alert">
      {deletion ? (
        <FormNotice className="error">
          This {singular} has been deleted {describeAuthor(deletion.author, account?.id)}. What it was last is
          still shown.
        </FormNotice>
      ) : null}
    </div>
  );
}
