import type { LiveState } from './live-connection.ts';

export interface ConnectionWords {
  readonly label: string;
  /** One sentence; the same as long as the phase is. */
  readonly detail: string;
  readonly tone: 'neutral' | 'success' | 'warning' | 'danger';
}

/** What a person is told of the connection. */
export function describeConnection({ phase, lagMs }: LiveState): ConnectionWords {
  switch (phase) {
    case 'connecting':
      return { label: 'Connecting…', detail: 'Connecting for live changes.', tone: 'neutral' };
    case 'live':
      return { label: 'Live', detail: 'Every change is shown as it is saved.', tone: 'success' };
    case 'catching-up':
      return {
        label: lagMs > 0 ? `${formatLag(lagMs)} behind` : 'Catching up',
        detail: 'Changes are shown late for the moment. It catches up by itself.',
        tone: 'warning',
      };
    case 'offline':
      return {
        label: 'Offline',
        detail: 'Not connected. What is shown may be out of date until the connection is back.',
        tone: 'danger',
      };
    case 'panel-only':
      return {
        label: 'Panel only',
        detail:
          'Only changes made in this panel are shown live; others appear when the page is loaded again.',
        tone: 'warning',
      };
    case 'signed-out':
      return { label: 'Signed out', detail: 'You are signed out. Live changes have ended.', tone: 'danger' };
  }
}

function formatLag(lagMs: number): string {
  const seconds = Math.round(lagMs / 1000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
