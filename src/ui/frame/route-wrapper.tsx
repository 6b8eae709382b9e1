import React from 'react';

interface RouteWrapperProps {
  /** AdminJS's own wrapper, which lays the page out. */
  readonly OriginalComponent: React.ComponentType<{ as?: string }>;
}

/** The page of an action as the document's main part, so that a screen reader can jump to it. */
export default function RouteWrapper({ OriginalComponent, ...props }: RouteWrapperProps): React.ReactElement {
  return <OriginalComponent {...props} as="main" />;
}
