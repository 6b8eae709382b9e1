import { useEffect } from 'react';

/** Keeps the screen from going dark, where the browser can. */
export function useWakeLock(): void {
  useEffect(() => {
    let lock: WakeLockSentinel | null = null;
    const request = async () => {
      if (document.hidden || !('wakeLock' in navigator)) return;
      // Refused where the battery is low, or the page does not come over https.
      lock = await navigator.wakeLock.request('screen').catch(() => null);
    };
    void request();
    // It ends whenever the page is hidden.
    document.addEventListener('visibilitychange', request);
    return () => {
      document.removeEventListener('visibilitychange', request);
      void lock?.release();
    };
  }, []);
}
