import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, expect, type FrameLocator, type Page, test as base } from '@playwright/test'
import { chromiumFlags, pageBrowserPath } from './chromium'
import { electron, startElectronHost } from './hosts/electron-host'
import type { Host, HostSetup } from './hosts/host'
import { startServeHost } from './hosts/serve-host'
import { startShimHost } from './hosts/shim-host'
import { articleOf, setLaptopSize } from './interface'

interface Fixtures {
  /** The name of the file, below the user data, that the shim returns from a save dialog. Null cancels the dialog. */
  saveName: string | null
  /** Environment variables of the shim (tests/electron-shim/README.md). */
  shimEnv: Record<string, string>
  host: Host
  page: Page
  article: FrameLocator
}

const starters: Record<Host['kind'], (setup: HostSetup) => Promise<Host>> = {
  serve: startServeHost,
  shim: startShimHost,
  electron: startElectronHost,
}

/** Playwright's test with a running host, its page and the content of its article frame. */
export const test = base.extend<Fixtures, { sharedBrowser: Browser | null }>({
  saveName: [null, { option: true }],
  shimEnv: [{}, { option: true }],
  // All tests of a worker share one browser, each with its own context. The other hosts bring their own browser.
  sharedBrowser: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern to find what a fixture needs.
    async ({}, use, info) => {
      const browser =
        info.project.name === 'serve'
          ? await chromium.launch({ executablePath: pageBrowserPath, args: chromiumFlags })
          : null
      await use(browser)
      await browser?.close()
    },
    { scope: 'worker' },
  ],
  host: async ({ saveName, shimEnv, sharedBrowser }, use, info) => {
    base.skip(info.project.name === 'electron' && electron.path === null, `no Electron here: ${electron.reason ?? ''}`)
    const folder = await mkdtemp(join(tmpdir(), 'bantin-e2e-'))
    const host = await starters[info.project.name as Host['kind']]({
      folder,
      saveName,
      shimEnv,
      browser: sharedBrowser,
    })
    await use(host)
    await host.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    expect(host.foreignRequests, 'requests that left this machine').toEqual([])
  },
  page: async ({ host }, use) => {
    await setLaptopSize(host.page)
    await use(host.page)
  },
  article: async ({ page }, use) => {
    await use(articleOf(page))
  },
})
export { expect }
