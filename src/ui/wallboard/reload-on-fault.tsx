import React from 'react';

const RELOAD_AFTER_MS = 20_000;

/** Nobody stands at a television to load it again: where the board fails, it does so itself. */
export class ReloadOnFault extends React.Component<React.PropsWithChildren, { readonly isFailed: boolean }> {
  override state = { isFailed: false };

  static getDerivedStateFromError() {
    return { isFailed: true };
  }

  override componentDidCatch() {
    setTimeout(() => location.reload(), RELOAD_AFTER_MS);
  }

  override render() {
    if (!this.state.isFailed) return this.props.children;
    return (
      <main className="closed">
        <h1>Something went wrong</h1>
        <p>The board loads itself again in a moment.</p>
      </main>
    );
  }
}
