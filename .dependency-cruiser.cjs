const only = (from, allowed) => ({
  name: `${from}-depends-only-on-${allowed.join('-') || 'nothing'}`,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: {
    path: '^(src|resources)/',
    pathNot: [`^src/${from}/`, ...allowed.map((name) => `^src/${name}(/|\\.ts$)`)],
  },
});

/**
 * The arrows of the design: settings, errors <- database <- resources <- panel; orders <- database and what the panel
 * gives it to read; all meet in app.
 */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '^src/(main\\.ts|ui/|.*\\.d\\.ts)' },
      to: {},
    },
    {
      name: 'not-to-dev-dep',
      severity: 'error',
      // What src/ui imports is in AdminJS's own bundles.
      from: { path: '^(src|resources)/', pathNot: '^src/ui/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: '@types/' },
    },
    {
      name: 'src-never-imports-resources',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^resources/' },
    },
    only('database', ['errors', 'sentence', 'settings']),
    only('resources', ['errors', 'settings', 'database']),
    only('orders', ['errors', 'sentence', 'database', 'resources/panel-context']),
    only('seed', ['errors', 'database', 'orders']),
    only('demo', ['errors', 'settings', 'database', 'orders', 'seed']),
    only('panel', ['errors', 'request-bounds', 'sentence', 'table-address', 'database', 'resources', 'ui']),
    only('ui', ['table-address', 'live/protocol', 'orders/order-statuses']),
    only('changes', ['errors', 'settings', 'database']),
    only('live', ['errors', 'settings', 'database', 'resources', 'changes']),
    only('http', ['errors', 'request-bounds', 'settings', 'database', 'resources', 'panel']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
