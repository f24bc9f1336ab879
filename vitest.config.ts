import { defineConfig } from 'vitest/config';

const host = { testTimeout: 120_000, hookTimeout: 180_000 };

export default defineConfig({
  test: {
    maxWorkers: 2,
    env: { TZ: 'UTC' },
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts', 'test/architecture/**/*.test.ts'], testTimeout: 30_000 } },
      // Most of their time would go into loading the CDK again for every file.
      { extends: true, test: { name: 'infra', include: ['test/infra/**/*.test.ts'], isolate: false, ...host } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          exclude: ['test/integration/system/**'],
          globalSetup: ['test/support/dynamodb-local-setup.ts'],
          ...host,
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['test/integration/system/**/*.test.ts'],
          globalSetup: ['test/support/synthesise-setup.ts'],
          ...host,
        },
      },
      { extends: true, test: { name: 'browser', include: ['test/e2e/**/*.browser.test.ts'], ...host } },
    ],
  },
});
