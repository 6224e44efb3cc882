import { findChromium } from '../../../src/cli/chromium/find-chromium.ts'

/** Flags with which a test Chromium makes no requests of its own and resolves only host names of this machine. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
]

/** The user's Chromium, which the command line prints with. The value is empty if there is none. */
export const chromiumPath = findChromium(process.env, process.platform).path ?? ''

/** The browser that shows the pages under test. `npm test` chooses it. */
export const pageBrowserPath = process.env['BANTIN_TEST_BROWSER'] ?? chromiumPath
