import React, { createContext, useContext } from 'react';

/** Whether figures lead to their lists: false where nobody can follow them. */
export const LinksShown = createContext(true);

/** A link to what a figure counts, or its bare words where links are not shown. */
export function FigureLink({ href, children }: { href: string; children: React.ReactNode }) {
  return useContext(LinksShown) ? <a href={href}>{children}</a> : <span>{children}</span>;
}
