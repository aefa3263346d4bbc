import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'nodes/**/*.ts', 'plugins/**/*.ts'],
      // The browser's code runs in test/browser, out of this process.
      exclude: ['src/clients/sonarr/openapi.gen.ts', 'src/editor/**'],
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
