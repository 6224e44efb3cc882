import { defineConfig } from '@playwright/test'

/** The same specs on each host; `*.serve.spec.ts`, `*.shim.spec.ts` and `*.cli.spec.ts` concern one alone. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // Much of it is waiting: a refresh leaves a host alone for a second after each page.
  workers: 3,
  // A busy machine may be late once; what was only right at the second try is reported as flaky.
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
