import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/e2e/run-folder.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    // A test that comes to no assertion has shown nothing.
    expect: { requireAssertions: true },
    pool: 'forks',
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'nodes/**/*.ts'],
      // What runs in other processes in the tests: a browser, a whole Node-RED with its admin routes, a command.
      exclude: [
        'src/clients/sonarr/openapi.gen.ts',
        'src/editor/**',
        'src/admin/{up-next,diagnostics}/**',
        'src/convert/cli.ts',
      ],
      reporter: ['text-summary', 'json-summary'],
      thresholds: Object.fromEntries(
        ['src/core', 'src/clients', 'src/state', 'src/steps', 'src/runtime', 'src/admin', 'src/convert', 'nodes'].map(
          (folder) => [`${folder}/**`, { lines: 95 }],
        ),
      ),
    },
    reporters: ['default', './test/closing-line.mts'],
  },
});
