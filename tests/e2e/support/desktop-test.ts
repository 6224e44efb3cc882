import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base } from '@playwright/test'
import { readShimCalls, type RunningShim, type ShimSetup, startShim } from './hosts/shim-host'

export { expect } from '@playwright/test'

interface Fixtures {
  /** A folder for the files of the test. */
  folder: string
  /** Starts the desktop program in the shim. A test may start the program several times with the same user data. */
  start(setup?: Partial<ShimSetup>): Promise<RunningShim>
}

/** Playwright's test for the start, the end and the windows of the desktop program. */
export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the pattern to find what a fixture needs.
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'bantin-desktop-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  },
  start: async ({ folder }, use) => {
    const running: RunningShim[] = []
    await use(async (setup = {}) => {
      const shim = await startShim({ userData: join(folder, 'user-data'), ...setup })
      running.push(shim)
      return shim
    })
    for (const shim of running) await shim.stop()
  },
})

/** Returns the arguments of each recorded call of one function, the oldest call first. */
export async function callsOf({ userData }: RunningShim, name: string): Promise<unknown[][]> {
  const calls = await readShimCalls({ libraryFolder: join(userData, 'library') })
  return calls.filter((call) => call.name === name).map(({ args }) => args)
}
