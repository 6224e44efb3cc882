// Opens the interface in a real Chromium, on a host with a new library.
import { chromium } from '@playwright/test'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromiumForTests } from '../scripts/chromium-for-tests.mjs'
import { cli } from '../scripts/project.mjs'
import { chromiumFlags } from '../tests/e2e/support/chromium.ts'
import { startServer } from '../tests/e2e/support/hosts/server-process.ts'

/**
 * Starts a host and a browser, and calls `work` with an empty page, the host's address and the host's folder. The
 * function then ends the host and the browser.
 */
export async function withInterface(work) {
  const folder = mkdtempSync(join(tmpdir(), 'bantin-bench-'))
  const server = await startServer({ cli, library: join(folder, 'library'), config: join(folder, 'config') })
  const browser = await chromium.launch({ executablePath: chromiumForTests(), args: chromiumFlags })
  try {
    const page = await browser.newPage({ viewport: { width: 1366, height: 768 } })
    return await work({ page, address: server.address, folder })
  } finally {
    await browser.close()
    server.process.kill()
    await once(server.process, 'exit')
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/**
 * Returns a DevTools session of a page, and the function `readMs`. `readMs` returns the CPU time in ms that the main
 * thread of the page has spent. The time is the sum of the metrics of the DevTools protocol that `names` lists.
 */
export async function openMainThreadClock(page, names) {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return {
    session,
    async readMs() {
      const { metrics } = await session.send('Performance.getMetrics')
      return metrics.filter(({ name }) => names.includes(name)).reduce((sum, { value }) => sum + value * 1000, 0)
    },
  }
}
