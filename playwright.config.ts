import { defineConfig } from '@playwright/test'

/** Whether each spec runs on each host (`npm run test:full`). */
const runsAll = process.env['BANTIN_TEST_ALL_HOSTS'] !== undefined

/**
 * The specs that use what differs between the web host and the desktop program: dialogs, menus and windows. The specs of
 * the shim print. Every other spec uses only the interface, which is the same on both hosts.
 */
const hostSpecs = [
  '*.shim.spec.ts',
  '**/hand-on/export.spec.ts',
  '**/interface/help.spec.ts',
  '**/interface/navigation.spec.ts',
  '**/keep/settings-file-and-verify.spec.ts',
]

/**
 * Each host can run the same specs. `*.serve.spec.ts`, `*.shim.spec.ts` and `*.cli.spec.ts` run only on their own host.
 * A usual run takes every spec on the web host, and on the desktop program the specs of {@link hostSpecs}.
 */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // The tests wait much of their time, because a refresh waits a second between two pages of a portal.
  workers: 3,
  // A busy machine may be too slow once. Playwright reports a test that passes at the second try as flaky.
  retries: process.env['CI'] === undefined ? 0 : 1,
  // A busy machine may run a test many times slower than a quiet one. The limits only end a test that hangs.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  projects: [
    { name: 'cli', testMatch: '*.cli.spec.ts' },
    { name: 'serve', testIgnore: ['*.shim.spec.ts', '*.cli.spec.ts'] },
    {
      name: 'shim',
      ...(runsAll ? {} : { testMatch: hostSpecs }),
      testIgnore: ['*.serve.spec.ts', '*.cli.spec.ts'],
    },
    { name: 'electron', testIgnore: ['*.serve.spec.ts', '*.shim.spec.ts', '*.cli.spec.ts'] },
  ],
})
