import { defineConfig } from '@playwright/test'

/** Each host runs the same specs. `*.serve.spec.ts`, `*.shim.spec.ts` and `*.cli.spec.ts` run only on their own host. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // The tests wait much of their time, because a refresh waits a second between two pages of a portal.
  workers: 3,
  // A busy machine may be too slow once. Playwright reports a test that passes at the second try as flaky.
  retries: process.env['CI'] === undefined ? 0 : 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  projects: [
    { name: 'cli', testMatch: '*.cli.spec.ts' },
    { name: 'serve', testIgnore: ['*.shim.spec.ts', '*.cli.spec.ts'] },
    { name: 'shim', testIgnore: ['*.serve.spec.ts', '*.cli.spec.ts'] },
    { name: 'electron', testIgnore: ['*.serve.spec.ts', '*.shim.spec.ts', '*.cli.spec.ts'] },
  ],
})
