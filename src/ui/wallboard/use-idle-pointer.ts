import { useEffect } from 'react';

const HIDE_AFTER_MS = 3_000;

/** Hides the pointer while nobody moves it. */
export function useIdlePointer(): void {
  useEffect(() => {
    const { classList } = document.documentElement;
    let timer = 0;
    const show = () => {
      classList.remove('idle');
      clearTimeout(timer);
      timer = window.setTimeout(() => classList.add('idle'), HIDE_AFTER_MS);
    };
    show();
    document.addEventListener('pointermove', show);
    return () => {
      clearTimeout(timer);
      document.removeEventListener('pointermove', show);
    };
  }, []);
}
