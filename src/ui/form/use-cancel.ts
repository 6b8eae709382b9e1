import { useCallback } from 'react';
import { useLocation, useNavigate } from 'react-router';

/** Goes back to where the person came from; to `fallbackUrl` where this page was opened by its address. */
export function useCancel(fallbackUrl: string): () => void {
  const navigate = useNavigate();
  const isFirstPage = useLocation().key === 'default';
  return useCallback(
    () => (isFirstPage ? navigate(fallbackUrl) : navigate(-1)),
    [navigate, isFirstPage, fallbackUrl],
  );
}
