import { useCallback, useContext, useEffect, useRef } from 'react';
import { UNSAFE_NavigationContext as NavigationContext, type Navigator } from 'react-router';

const QUESTION = 'Leave this page? Your changes have not been saved.';

/**
 * Asks before the page is left while `isDirty`: by a link of the panel, by the browser's back button, or by closing the
 * tab. Returns a function that lets the next step pass unasked.
 */
export function useLeaveGuard(isDirty: boolean): () => void {
  const { navigator } = useContext(NavigationContext);
  const isAllowed = useRef(false);
  const allow = useCallback(() => {
    isAllowed.current = true;
  }, []);
  useEffect(() => {
    if (!isDirty) return;
    isAllowed.current = false;
    const mayLeave = () => {
      isAllowed.current ||= window.confirm(QUESTION);
      return isAllowed.current;
    };
    const releases = [
      guardLinks(navigator, mayLeave),
      guardBack(mayLeave),
      guardTab(() => isAllowed.current),
    ];
    return () => {
      for (const release of releases) release();
    };
  }, [isDirty, navigator]);
  return allow;
}

// AdminJS's router has no way to hold a step back, so the steps themselves are asked.
function guardLinks(navigator: Navigator, mayLeave: () => boolean): () => void {
  const { push, replace } = navigator;
  navigator.push = (...step) => (mayLeave() ? push.apply(navigator, step) : undefined);
  navigator.replace = (...step) => (mayLeave() ? replace.apply(navigator, step) : undefined);
  return () => Object.assign(navigator, { push, replace });
}

// Listeners are called in the order they came in, and this one has to come before the router's.
let askBack: ((event: PopStateEvent) => void) | null = null;
window.addEventListener('popstate', (event) => askBack?.(event));

/** The browser has gone back already when it tells; so a refused step is taken the other way again. */
function guardBack(mayLeave: () => boolean): () => void {
  const here = placeInHistory();
  const ask = (event: PopStateEvent) => {
    const steps = here - placeInHistory();
    if (steps !== 0 && mayLeave()) return;
    event.stopImmediatePropagation();
    if (steps !== 0) window.history.go(steps);
  };
  askBack = ask;
  return () => {
    askBack = null;
  };
}

/** Where the router counts the current entry of the browser's history. */
function placeInHistory(): number {
  const state = window.history.state as { idx?: number } | null;
  return state?.idx ?? 0;
}

function guardTab(isAllowed: () => boolean): () => void {
  const ask = (event: BeforeUnloadEvent) => {
    if (!isAllowed()) event.preventDefault();
  };
  window.addEventListener('beforeunload', ask);
  return () => window.removeEventListener('beforeunload', ask);
}
