import type { TcpProxy } from './tcp-proxy.ts';

/** Disturbs something; `goesOn` returns when the writers have gone on for a while. */
export type Disruption = (goesOn: () => Promise<void>) => Promise<void>;

/** What networks do to connections. */
export function networkDisruptions(proxy: TcpProxy): readonly Disruption[] {
  return [
    async () => proxy.breakAll(),
    async (goesOn) => {
      await proxy.cut();
      await goesOn();
      await proxy.restore();
    },
    async (goesOn) => {
      proxy.hold();
      await goesOn();
      proxy.release();
    },
    async (goesOn) => {
      proxy.hold();
      await goesOn();
      proxy.breakAll();
      proxy.release();
    },
    async (goesOn) => {
      proxy.setDelay(20);
      await goesOn();
      proxy.setDelay(0);
    },
  ];
}
