// The interface as a reader has it, for the benches: a host with a library of its own, and a real Chromium.
import { chromium } from '@playwright/test'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from '../scripts/build-if-stale.mjs'
import { chromiumForTests } from '../scripts/chromium-for-tests.mjs'

/** Starts both, gives `work` an empty page, the host's address and the folder, and ends them. */
export async function withReader(work) {
  const folder = mkdtempSync(join(tmpdir(), 'bantin-bench-'))
  const server = spawn(
    process.execPath,
    [join(root, 'out', 'main', 'cli.js'), 'serve', '--port', '0', '--library', join(folder, 'library')],
    { env: { ...process.env, BANTIN_CONFIG: join(folder, 'config') }, stdio: ['ignore', 'pipe', 'ignore'] },
  )
  const browser = await chromium.launch({
    executablePath: chromiumForTests(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  })
  try {
    const [address] = await once(createInterface(server.stdout), 'line')
    return await work({ page: await browser.newPage({ viewport: { width: 1366, height: 768 } }), address, folder })
  } finally {
    await browser.close()
    server.kill()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
