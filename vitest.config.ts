import { defineConfig } from 'vitest/config';

/** A condition that is waited for may take as long as a busy machine needs: only a wrong one uses the time up. */
const WAIT_MS = 20_000;

const project = (name: string, options: Record<string, unknown> = {}) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    environment: 'node' as const,
    expect: { poll: { timeout: WAIT_MS } },
    ...options,
  },
});

const { VITEST_REPORT_DIR: reportDir, VITEST_REPORT_NAME: reportName } = process.env;

// They start servers of their own, and learn nothing from another one.
const OWN_SERVER_TESTS = [
  'start',
  'start-killed',
  'embedded-server',
  'log-purge',
  'tls',
  'doctor-servers',
  'odd-server',
  'changes/database-killed',
];
// They start others of the given server's kind, where TEST_SERVER_TOOL names what does that.
const SPARE_SERVER_TESTS = ['changes/log-place', 'changes/feed-random'];
const { TEST_DATABASE_URL: givenServer, TEST_SERVER_TOOL: serverTool } = process.env;
const exclude = [
  ...(givenServer ? OWN_SERVER_TESTS : []),
  ...(givenServer && !serverTool ? SPARE_SERVER_TESTS : []),
].map((name) => `test/integration/${name}.test.ts`);

export default defineConfig({
  test: {
    reporters: reportDir
      ? ['default', ['json', { outputFile: `${reportDir}/${reportName}.json` }]]
      : ['default'],
    globalSetup: ['test/support/database-server.ts'],
    maxWorkers: 2,
    projects: [
      project('unit', { testTimeout: WAIT_MS, sequence: { groupOrder: 0 } }),
      project('integration', {
        exclude,
        testTimeout: 60_000,
        hookTimeout: 60_000,
        sequence: { groupOrder: 1 },
      }),
      project('e2e', {
        testTimeout: 120_000,
        hookTimeout: 120_000,
        fileParallelism: false,
        sequence: { groupOrder: 2 },
      }),
    ],
  },
});
