// The store's panel as a process of its own, to be fuzzed. Arguments: the database's address, the folder of resource
// files, the data folder, PUBLIC_URL or nothing (a proxy on this machine is then believed); `planted` as a fifth adds
// doors with known defects. It tells its parent when it serves, every fault that it logs, and, when asked, what can be
// asked of it.
import { Writable } from 'node:stream';
import { createPool } from '../../../src/database/pool.ts';
import { openListener } from '../../../src/http/listener.ts';
import { createLogger } from '../../../src/http/logger.ts';
import { decodeSiteAddress } from '../../../src/http/site-address.ts';
import { loadSettings } from '../../../src/settings.ts';
import { createShutdown } from '../../../src/shutdown.ts';
import { plantDefects } from './planted.ts';
import { beginSurvey, type Survey } from './survey.ts';

export type ProgramMessage =
  | { readonly told: 'ready'; readonly port: number }
  | { readonly told: 'fault'; readonly text: string }
  | { readonly told: 'survey'; readonly survey: Survey }
  | { readonly told: 'cpu'; readonly cpuMs: number };

export type ProgramQuestion = 'survey' | 'cpu';

const [url = '', resourcesDir = '', dataDir = '', publicUrl = '', planted] = process.argv.slice(2);
const tell = (message: ProgramMessage) => void process.send?.(message);
const describe = (error: unknown) =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
process.on('unhandledRejection', (error) =>
  tell({ told: 'fault', text: `unhandled rejection: ${describe(error)}` }),
);
process.on('uncaughtException', (error) => {
  tell({ told: 'fault', text: `uncaught exception: ${describe(error)}` });
  process.exit(1);
});

const survey = beginSurvey();
// Loaded only now, so that nothing is made before the survey looks on.
const { createWebsite } = await import('../../../src/website.ts');

const logger = createLogger(
  'error',
  new Writable({
    write: (chunk, _encoding, done) => {
      tell({ told: 'fault', text: String(chunk) });
      done();
    },
  }),
);
const shutdown = createShutdown();
const listener = await openListener({ host: '127.0.0.1', port: 0, keepAliveMs: 75_000 });
await shutdown.keep(listener, (part) => part.stop());
const pool = await shutdown.keep(createPool(url), (part) => part.end());
const settings = {
  ...loadSettings(publicUrl ? { PUBLIC_URL: publicUrl, TRUST_PROXY: 'loopback' } : {}),
  dataDir,
  resourcesDir,
};
const { server } = listener;
const site = await createWebsite({ settings, pool, url, logger, server, shutdown });
listener.serve(planted ? plantDefects(site, pool, decodeSiteAddress(settings.publicUrl)) : site);

process.on('message', (question: ProgramQuestion) => {
  if (question === 'survey') return tell({ told: 'survey', survey: survey() });
  const { user, system } = process.cpuUsage();
  tell({ told: 'cpu', cpuMs: (user + system) / 1000 });
});
// Whoever fuzzes it may have died.
process.once('disconnect', () => process.exit());
process.once('SIGTERM', async () => {
  await shutdown.run();
  process.disconnect();
});
tell({ told: 'ready', port: listener.port });
