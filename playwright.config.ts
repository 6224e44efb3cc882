import { defineConfig } from '@playwright/test'

/** The same specs on each host; `*.serve.spec.ts`, `*.shim.spec.ts` and `*.cli.spec.ts` concern one alone. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  workers: process.env['CI'] === undefined ? 2 : 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  projects: [
    { name: 'cli', testMatch: '*.cli.spec.ts' },
    { name: 'serve', testIgnore: ['*.shim.spec.ts', '*.cli.spec.ts'] },
    { name: 'shim', testIgnore: ['*.serve.spec.ts', '*.cli.spec.ts'] },
    { name: 'electron', testIgnore: ['*.serve.spec.ts', '*.shim.spec.ts', '*.cli.spec.ts'] },
  ],
})
