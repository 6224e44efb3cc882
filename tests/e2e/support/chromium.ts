import { findChromium } from '../../../src/cli/chromium/find-chromium.ts'

/** The flags with which a test Chromium makes no requests on its own and resolves only host names of this machine. */
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

/** The path of the user's Chromium, which the command line prints with. The value is empty if there is no Chromium. */
export const chromiumPath = findChromium(process.env, process.platform).path ?? ''

/** The path of the browser that shows the pages under test. `npm test` chooses this browser. */
export const pageBrowserPath = process.env['BANTIN_TEST_BROWSER'] ?? chromiumPath
