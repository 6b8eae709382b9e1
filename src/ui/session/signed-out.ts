const SIGNED_OUT = 'gorak:signed-out';

/** Tells the page that the server knows the session no more. For answers that come by another way than ApiClient. */
export function tellSignedOut(): void {
  window.dispatchEvent(new Event(SIGNED_OUT));
}

/** Calls `listener` whenever that is told; returns the way to end it. */
export function onSignedOut(listener: () => void): () => void {
  window.addEventListener(SIGNED_OUT, listener);
  return () => window.removeEventListener(SIGNED_OUT, listener);
}
