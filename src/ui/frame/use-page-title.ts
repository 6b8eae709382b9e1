import type { ReduxState } from 'adminjs';
import { useEffect } from 'react';
import { useSelector } from 'react-redux';

/** Names the page in the browser's tab and history: 'Orders · the store's name'. */
export function usePageTitle(title: string): void {
  const storeName = useSelector(({ branding }: ReduxState) => branding.companyName);
  useEffect(() => {
    document.title = `${title} · ${storeName}`;
  }, [title, storeName]);
}
